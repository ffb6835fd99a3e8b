using OssRuntime.Inventory.Sboms.Reading;

namespace OssRuntime.Inventory.Sboms.Spdx;

/// <summary>One element of an SPDX 3.0 graph, with the fields of all the types that matter here.</summary>
internal sealed class Spdx3Element
{
    private const int MostTargets = 1000;

    public string? Type { get; private set; }

    public string? Id { get; private set; }

    public string? SpecVersion { get; private set; }

    public string? RelationshipType { get; private set; }

    public string? From { get; private set; }

    public List<string> To { get; } = [];

    public string? Expression { get; private set; }

    public PackageDraft Draft { get; } = new();

    /// <summary>About how much of it is kept.</summary>
    public int Characters => (Id?.Length ?? 0) + (Draft.Name?.Length ?? 0) + (Draft.Version?.Length ?? 0) + (Draft.Purl?.Length ?? 0)
        + (Draft.Path?.Length ?? 0) + (Draft.Origin?.Length ?? 0);

    /// <summary>Reads the object that is open.</summary>
    public static Spdx3Element Read(JsonTokens json)
    {
        var element = new Spdx3Element();
        while (json.NextProperty())
        {
            element.ReadField(json);
        }

        return element;
    }

    private void ReadField(JsonTokens json)
    {
        switch (json.Text())
        {
            case "type" or "@type":
                Type = json.NextText();
                break;
            case "spdxId" or "@id":
                Id = json.NextText();
                break;
            case "specVersion":
                SpecVersion = json.NextText();
                break;
            case "name":
                Draft.Name = json.NextText();
                break;
            case "relationshipType":
                RelationshipType = json.NextText();
                break;
            case "from":
                From = json.NextText();
                break;
            case "simplelicensing_licenseExpression":
                Expression = json.NextText();
                break;
            case "to" when json.EnterArray():
                while (json.NextElementText() is { } target)
                {
                    if (To.Count < MostTargets)
                    {
                        To.Add(target);
                    }
                }

                break;
            case "to":
                break;
            default:
                ReadPackageField(json);
                break;
        }
    }

    private void ReadPackageField(JsonTokens json)
    {
        switch (json.Text())
        {
            case "software_packageVersion":
                Draft.Version = json.NextText();
                break;
            case "software_packageUrl":
                Draft.Purl = json.NextText();
                break;
            case "software_downloadLocation":
                Draft.Origin = json.NextText();
                break;
            case "software_primaryPurpose":
                Draft.Kind = json.NextText()?.ToLowerInvariant();
                break;
            case "externalIdentifier" when json.EnterArray():
                while (json.NextObject())
                {
                    var (type, identifier) = json.ReadPair("externalIdentifierType", "identifier");
                    Draft.Purl ??= type is "packageUrl" or "packageURL" ? identifier : null;
                }

                break;
            case "extension" when json.EnterArray():
                while (json.NextObject())
                {
                    ReadExtension(json);
                }

                break;
            case "externalIdentifier" or "extension":
                break;
            default:
                json.Pass();
                break;
        }
    }

    /// <summary>The profile Extension carries CycloneDX's properties over.</summary>
    private void ReadExtension(JsonTokens json)
    {
        while (json.NextProperty())
        {
            if (json.Text() != "extension_cdxProperty")
            {
                json.Pass();
            }
            else if (json.EnterArray())
            {
                while (json.NextObject())
                {
                    var (name, value) = json.ReadPair("extension_cdxPropName", "extension_cdxPropValue");
                    DraftProperties.Take(Draft, name, value);
                }
            }
        }
    }
}
