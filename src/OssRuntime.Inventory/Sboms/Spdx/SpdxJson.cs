using OssRuntime.Inventory.Sboms.Reading;

namespace OssRuntime.Inventory.Sboms.Spdx;

/// <summary>The parts of an SPDX 2.2 or 2.3 document in JSON that tell of packages (SPDX specification 2.3, clauses 7, 10 and 12).</summary>
internal static class SpdxJson
{
    /// <summary>Reads the array <c>packages</c>.</summary>
    public static void ReadPackages(JsonTokens json, SbomDraft draft)
    {
        while (json.NextObject())
        {
            var package = new SpdxPackage();
            while (json.NextProperty())
            {
                ReadField(json, package);
            }

            package.AddTo(draft);
        }
    }

    /// <summary>Reads the array <c>hasExtractedLicensingInfos</c>: the names of licences that are on no list.</summary>
    public static void ReadLicenses(JsonTokens json, SbomDraft draft)
    {
        while (json.NextObject())
        {
            var (id, name) = json.ReadPair("licenseId", "name");
            SpdxPackage.AddLicenseName(draft, id, name);
        }
    }

    private static void ReadField(JsonTokens json, SpdxPackage package)
    {
        switch (json.Text())
        {
            case "SPDXID":
                package.Id = json.NextText();
                break;
            case "name":
                package.Draft.Name = json.NextText();
                break;
            case "versionInfo":
                package.Draft.Version = json.NextText();
                break;
            case "primaryPackagePurpose":
                package.Draft.Kind = json.NextText()?.ToLowerInvariant();
                break;
            case "downloadLocation":
                package.Draft.Origin = json.NextText();
                break;
            case "supplier":
                package.TakeSupplier(json.NextText());
                break;
            case "licenseDeclared":
                package.Draft.AddLicense(json.NextText());
                break;
            case "licenseConcluded":
                package.Concluded = json.NextText();
                break;
            case "sourceInfo":
                package.TakeSourceInfo(json.NextText());
                break;
            case "externalRefs" when json.EnterArray():
                while (json.NextObject())
                {
                    var (type, locator) = json.ReadPair("referenceType", "referenceLocator");
                    package.TakeReference(type, locator);
                }

                break;
            case "annotations" when json.EnterArray():
                while (json.NextObject())
                {
                    package.TakeComment(json.ReadPair("comment", "comment").First);
                }

                break;
            case "attributionTexts" when json.EnterArray():
                while (json.NextElementText() is { } text)
                {
                    package.TakeComment(text);
                }

                break;
            case "externalRefs" or "annotations" or "attributionTexts":
                break;
            default:
                json.Pass();
                break;
        }
    }
}
