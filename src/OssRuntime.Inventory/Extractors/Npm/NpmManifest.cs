using System.Text.Json;
using OssRuntime.Inventory.Packages;

namespace OssRuntime.Inventory.Extractors.Npm;

/// <summary>What a package.json says about the package it belongs to (npm's package.json documentation; <c>_resolved</c> is written by npm up to 6).</summary>
internal sealed class NpmManifest
{
    private const int DeepestJson = 256;

    private readonly List<string> _licenses = [];
    private string? _name;
    private string? _version;
    private string? _resolved;

    /// <summary>People write these by hand.</summary>
    public static JsonReaderOptions Lenient => new() { MaxDepth = DeepestJson, AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>Reads the top level of the document.</summary>
    /// <exception cref="JsonException">It is no JSON; what was read before stays.</exception>
    public void Read(ref Utf8JsonReader json)
    {
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
        {
            return;
        }

        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("name"u8))
            {
                ReadText(ref json, ref _name);
            }
            else if (json.ValueTextEquals("version"u8))
            {
                ReadText(ref json, ref _version);
            }
            else if (json.ValueTextEquals("_resolved"u8) || json.ValueTextEquals("resolved"u8))
            {
                ReadText(ref json, ref _resolved);
            }
            else if (json.ValueTextEquals("license"u8) || json.ValueTextEquals("licenses"u8))
            {
                json.Read();
                ReadLicenses(ref json);
            }
            else
            {
                json.Skip();
            }
        }
    }

    /// <summary>Hands the package over. A manifest with neither name nor version only sets options and is no package.</summary>
    public void Finish(ExtractionContext context, string? inside = null)
    {
        if (_name is not null && _version is not null)
        {
            context.Add(new PackageRecord
            {
                Type = "npm",
                Name = _name,
                Version = _version.StartsWith('v') || _version.StartsWith('=') ? _version[1..].Trim() : _version.Trim(),
                Licenses = [.. _licenses.Distinct(StringComparer.Ordinal)],
                Origin = _resolved,
                Inside = inside,
            });
        }
        else if (_name is not null)
        {
            context.AddUnknown($"'{_name}' states no version");
        }
    }

    private static void ReadText(ref Utf8JsonReader json, ref string? field)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.String)
        {
            field = json.GetString();
        }
        else
        {
            json.Skip();
        }
    }

    /// <summary>"MIT", {"type": "MIT"}, ["MIT", {"type": "MIT"}]: all were allowed once, under both names.</summary>
    private void ReadLicenses(ref Utf8JsonReader json)
    {
        switch (json.TokenType)
        {
            case JsonTokenType.String:
                AddLicense(json.GetString());
                break;
            case JsonTokenType.StartObject:
                ReadLicenseObject(ref json);
                break;
            case JsonTokenType.StartArray:
                while (json.Read() && json.TokenType != JsonTokenType.EndArray)
                {
                    if (json.TokenType == JsonTokenType.String)
                    {
                        AddLicense(json.GetString());
                    }
                    else if (json.TokenType == JsonTokenType.StartObject)
                    {
                        ReadLicenseObject(ref json);
                    }
                    else
                    {
                        json.Skip();
                    }
                }

                break;
            default:
                break;
        }
    }

    private void ReadLicenseObject(ref Utf8JsonReader json)
    {
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isName = json.ValueTextEquals("type"u8) || json.ValueTextEquals("name"u8);
            json.Read();
            if (isName && json.TokenType == JsonTokenType.String)
            {
                AddLicense(json.GetString());
            }
            else
            {
                json.Skip();
            }
        }
    }

    private void AddLicense(string? license)
    {
        if (!string.IsNullOrWhiteSpace(license) && _licenses.Count < 32)
        {
            _licenses.Add(license.Trim());
        }
    }
}
