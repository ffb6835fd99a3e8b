using OssRuntime.Inventory.Sboms.Reading;

namespace OssRuntime.Inventory.Sboms.Spdx;

/// <summary>
/// An SPDX 2.2 or 2.3 document in tags and values (SPDX specification 2.3, clause 4.4 and annex on the tag-value form): one tag a line, a value of
/// several lines between <c>&lt;text&gt;</c> and <c>&lt;/text&gt;</c>, a package from its <c>PackageName</c> to the next one.
/// </summary>
internal sealed class SpdxTagValue
{
    private readonly SbomDraft _draft;
    private SpdxPackage? _package;
    private string? _licenseId;

    public SpdxTagValue(SbomDraft draft) => _draft = draft;

    /// <summary>Reads all of it.</summary>
    public void Read(TextLines lines)
    {
        try
        {
            while (lines.MoveNext())
            {
                var line = lines.Line;
                var colon = line.IndexOf(':', StringComparison.Ordinal);
                if (colon > 0 && line[0] != '#')
                {
                    Take(line[..colon].Trim(), Value(line[(colon + 1)..].Trim(), lines));
                }
            }
        }
        finally
        {
            _package?.AddTo(_draft);
        }
    }

    private static string Value(string value, TextLines lines)
    {
        const string Start = "<text>";
        const string End = "</text>";
        if (!value.StartsWith(Start, StringComparison.Ordinal))
        {
            return value;
        }

        var text = value[Start.Length..];
        var end = text.IndexOf(End, StringComparison.Ordinal);
        if (end >= 0)
        {
            return text[..end];
        }

        // What goes over several lines is prose, and only its first line could matter.
        while (lines.MoveNext() && !lines.Line.Contains(End, StringComparison.Ordinal))
        {
        }

        return text;
    }

    private void Take(string tag, string value)
    {
        switch (tag)
        {
            case "SPDXVersion":
                _draft.SpecVersion = value;
                break;
            case "PackageName":
                _package?.AddTo(_draft);
                _package = new SpdxPackage();
                _package.Draft.Name = value;
                break;
            case "FileName" or "SnippetSPDXID":
                _package?.AddTo(_draft);
                _package = null;
                break;
            case "LicenseID":
                _package?.AddTo(_draft);
                _package = null;
                _licenseId = value;
                break;
            case "LicenseName":
                SpdxPackage.AddLicenseName(_draft, _licenseId, value);
                break;
            default:
                if (_package is not null)
                {
                    TakeOfPackage(_package, tag, value);
                }

                break;
        }
    }

    private static void TakeOfPackage(SpdxPackage package, string tag, string value)
    {
        switch (tag)
        {
            case "SPDXID":
                package.Id = value;
                break;
            case "PackageVersion":
                package.Draft.Version = value;
                break;
            case "PrimaryPackagePurpose":
                package.Draft.Kind = value.ToLowerInvariant();
                break;
            case "PackageDownloadLocation":
                package.Draft.Origin = value;
                break;
            case "PackageSupplier":
                package.TakeSupplier(value);
                break;
            case "PackageLicenseDeclared":
                package.Draft.AddLicense(value);
                break;
            case "PackageLicenseConcluded":
                package.Concluded = value;
                break;
            case "PackageSourceInfo":
                package.TakeSourceInfo(value);
                break;
            case "ExternalRef" when value.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, var type, var locator, ..]:
                package.TakeReference(type, locator);
                break;
            case "PackageAttributionText" or "AnnotationComment":
                package.TakeComment(value);
                break;
            default:
                break;
        }
    }
}
