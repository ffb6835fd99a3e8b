using OssRuntime.Inventory.Sboms.Reading;

namespace OssRuntime.Inventory.Sboms.CycloneDx;

/// <summary>The parts of a CycloneDX document in JSON that tell of components (CycloneDX JSON reference, 1.2 to 1.7).</summary>
internal static class CycloneDxJson
{
    /// <summary>Reads the array <c>components</c>, which may hold components themselves.</summary>
    public static void ReadComponents(JsonTokens json, SbomDraft draft, int nesting = 0)
    {
        while (json.NextObject())
        {
            if (nesting < draft.Limits.Nesting)
            {
                ReadComponent(json, draft, nesting);
            }
            else
            {
                draft.AddUnknown($"components hold components more than {draft.Limits.Nesting} deep");
                json.Skip();
            }
        }
    }

    private static void ReadComponent(JsonTokens json, SbomDraft draft, int nesting, bool isSubject = false)
    {
        var package = new PackageDraft();
        var isExcluded = false;
        while (json.NextProperty())
        {
            switch (json.Text())
            {
                case "scope":
                    isExcluded = json.NextText() == "excluded";
                    break;
                case "components" when json.EnterArray():
                    ReadComponents(json, draft, nesting + 1);
                    break;
                case "licenses" when json.EnterArray():
                    ReadLicenses(json, package);
                    break;
                case "properties" when json.EnterArray():
                    ReadProperties(json, package);
                    break;
                case "externalReferences" when json.EnterArray():
                    ReadReferences(json, package);
                    break;
                case "supplier" when json.EnterObject():
                    package.Supplier = json.ReadPair("name", "name").First;
                    break;
                case "evidence" when json.EnterObject():
                    ReadEvidence(json, package);
                    break;
                case "components" or "licenses" or "properties" or "externalReferences" or "evidence" or "supplier":
                    break;
                case var name:
                    ReadWord(json, name, package);
                    break;
            }
        }

        // What a document lists as excluded is not in what it describes (CycloneDX, "scope").
        if (!isExcluded && (!isSubject || package.Purl is { Length: > 0 }))
        {
            draft.Add(package);
        }
    }

    private static void ReadWord(JsonTokens json, string? name, PackageDraft package)
    {
        switch (name)
        {
            case "type":
                package.Kind = json.NextText()?.ToLowerInvariant();
                break;
            case "group":
                package.Group = json.NextText();
                break;
            case "name":
                package.Name = json.NextText();
                break;
            case "version":
                package.Version = json.NextText();
                break;
            case "purl":
                package.Purl = json.NextText();
                break;
            case "cpe":
                package.Cpe = json.NextText();
                break;
            default:
                json.Pass();
                break;
        }
    }

    /// <summary>Reads <c>metadata</c>: what the document describes is a component, with all that is nested in it, if it is a package itself.</summary>
    public static void ReadMetadata(JsonTokens json, SbomDraft draft)
    {
        while (json.NextProperty())
        {
            if (json.Text() != "component")
            {
                json.Pass();
            }
            else if (json.EnterObject())
            {
                ReadComponent(json, draft, 0, isSubject: true);
            }
        }
    }

    /// <summary>Each is one of <c>license</c>, with <c>id</c> or <c>name</c>, and <c>expression</c>.</summary>
    private static void ReadLicenses(JsonTokens json, PackageDraft package)
    {
        while (json.NextObject())
        {
            while (json.NextProperty())
            {
                switch (json.Text())
                {
                    case "expression":
                        package.AddLicense(json.NextText());
                        break;
                    case "license" when json.EnterObject():
                        var (id, name) = json.ReadPair("id", "name");
                        package.AddLicense(id ?? name);
                        break;
                    case "license":
                        break;
                    default:
                        json.Pass();
                        break;
                }
            }
        }
    }

    private static void ReadProperties(JsonTokens json, PackageDraft package)
    {
        while (json.NextObject())
        {
            var (name, value) = json.ReadPair("name", "value");
            DraftProperties.Take(package, name, value);
        }
    }

    private static void ReadReferences(JsonTokens json, PackageDraft package)
    {
        while (json.NextObject())
        {
            var (type, url) = json.ReadPair("type", "url");
            package.Origin ??= type == "distribution" ? url : null;
        }
    }

    private static void ReadEvidence(JsonTokens json, PackageDraft package)
    {
        while (json.NextProperty())
        {
            if (json.Text() != "occurrences")
            {
                json.Pass();
            }
            else if (json.EnterArray())
            {
                while (json.NextObject())
                {
                    package.Path ??= json.ReadPair("location", "location").First;
                }
            }
        }
    }
}
