using OssRuntime.Inventory.Sboms.Reading;

namespace OssRuntime.Inventory.Sboms.Syft;

/// <summary>The parts of Syft's own JSON that tell of packages, in every version of its schema: <c>artifacts</c> and <c>distro</c>.</summary>
internal static class SyftJson
{
    /// <summary>Reads the array <c>artifacts</c>.</summary>
    public static void ReadArtifacts(JsonTokens json, SbomDraft draft)
    {
        while (json.NextObject())
        {
            var package = new PackageDraft();
            while (json.NextProperty())
            {
                ReadField(json, package, draft);
            }

            draft.Add(package);
        }
    }

    /// <summary>Reads the object <c>distro</c>; old versions know only <c>name</c> and <c>version</c>.</summary>
    public static void ReadDistro(JsonTokens json, SbomDraft draft)
    {
        var os = new OsDraft();
        string? name = null, version = null;
        while (json.NextProperty())
        {
            switch (json.Text())
            {
                case "id":
                    os.Id = json.NextText();
                    break;
                case "versionID":
                    os.VersionId = json.NextText();
                    break;
                case "versionCodename":
                    os.Codename = json.NextText();
                    break;
                case "prettyName":
                    os.PrettyName = json.NextText();
                    break;
                case "cpeName":
                    os.CpeName = json.NextText();
                    break;
                case "name":
                    name = json.NextText();
                    break;
                case "version":
                    version = json.NextText();
                    break;
                case "idLike" when json.EnterArray():
                    while (json.NextElementText() is { } like)
                    {
                        os.IdLike.Add(like);
                    }

                    break;
                case "idLike":
                    break;
                default:
                    json.Pass();
                    break;
            }
        }

        os.Id ??= name;
        os.VersionId ??= version;
        draft.OsRelease ??= os.ToRelease();
    }

    private static void ReadField(JsonTokens json, PackageDraft package, SbomDraft draft)
    {
        switch (json.Text())
        {
            case "name":
                package.Name = json.NextText();
                break;
            case "version":
                package.Version = json.NextText();
                break;
            case "purl":
                package.Purl = json.NextText();
                break;
            case "type":
                package.Kind = json.NextText() == "binary" ? "application" : null;
                break;
            case "foundBy":
                json.Pass();
                draft.Is(SbomFormat.SyftJson);
                break;
            case "locations" when json.EnterArray():
                while (json.NextObject())
                {
                    package.Path ??= json.ReadPair("path", "path").First;
                }

                break;
            case "licenses" when json.EnterArray():
                ReadLicenses(json, package);
                break;
            case "metadata" when json.EnterObject():
                ReadMetadata(json, package);
                break;
            case "locations" or "licenses" or "metadata":
                break;
            default:
                json.Pass();
                break;
        }
    }

    /// <summary>Texts before version 8 of the schema, then objects.</summary>
    private static void ReadLicenses(JsonTokens json, PackageDraft package)
    {
        while (json.NextElement())
        {
            if (json.Text() is { } text)
            {
                package.AddLicense(text);
            }
            else if (json.IsObject)
            {
                var (expression, value) = json.ReadPair("spdxExpression", "value");
                package.AddLicense(string.IsNullOrEmpty(expression) ? value : expression);
            }
            else
            {
                json.Skip();
            }
        }
    }

    /// <summary>The source package: of dpkg <c>source</c> and <c>sourceVersion</c>, of apk <c>originPackage</c>.</summary>
    private static void ReadMetadata(JsonTokens json, PackageDraft package)
    {
        while (json.NextProperty())
        {
            switch (json.Text())
            {
                case "source" or "originPackage":
                    package.SourceName = json.NextText();
                    break;
                case "sourceVersion":
                    package.SourceVersion = json.NextText();
                    break;
                default:
                    json.Pass();
                    break;
            }
        }
    }
}
