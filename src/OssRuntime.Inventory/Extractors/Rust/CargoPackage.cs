using System.Text.Json;
using OssRuntime.Inventory.Packages;
using OssRuntime.Model.Packages;

namespace OssRuntime.Inventory.Extractors.Rust;

/// <summary>One package of the list that cargo-auditable writes.</summary>
internal sealed record CargoPackage
{
    private string Name { get; set; } = "";

    private string Version { get; set; } = "";

    private string Source { get; set; } = "";

    private bool IsBuildOnly { get; set; }

    private bool IsRoot { get; set; }

    /// <summary>Reads an object to its end.</summary>
    public static CargoPackage Read(ref Utf8JsonReader json)
    {
        var package = new CargoPackage();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var key = json.GetString();
            json.Read();
            switch (key, json.TokenType)
            {
                case ("name", JsonTokenType.String):
                    package.Name = json.GetString()!;
                    break;
                case ("version", JsonTokenType.String):
                    package.Version = json.GetString()!;
                    break;
                case ("source", JsonTokenType.String):
                    package.Source = json.GetString()!;
                    break;
                case ("kind", JsonTokenType.String):
                    package.IsBuildOnly = json.ValueTextEquals("build"u8);
                    break;
                case ("root", JsonTokenType.True):
                    package.IsRoot = true;
                    break;
                default:
                    json.Skip();
                    break;
            }
        }

        return package;
    }

    /// <summary>Hands the package over where it is in the program.</summary>
    public void Report(ExtractionContext context)
    {
        if (!IsBuildOnly)
        {
            context.Add(new PackageRecord
            {
                Type = "cargo",
                Name = Name,
                Version = Version,
                Kind = IsRoot ? ComponentType.Application : ComponentType.Library,
                Origin = Source is "" or "crates.io" or "local" ? null : Source,
            });
        }
    }
}
