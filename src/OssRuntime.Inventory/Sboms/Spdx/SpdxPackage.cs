using OssRuntime.Inventory.Sboms.Reading;

namespace OssRuntime.Inventory.Sboms.Spdx;

/// <summary>A package of an SPDX 2 document while it is read, be it JSON or tags and values.</summary>
internal sealed class SpdxPackage
{
    private const int MostLicenseNames = 100_000;

    /// <summary>Its <c>SPDXID</c>.</summary>
    public string? Id { get; set; }

    /// <summary>The licence that the document's author came to, which counts where none is declared.</summary>
    public string? Concluded { get; set; }

    public PackageDraft Draft { get; } = new();

    /// <summary>Takes the name of a licence that is on no list.</summary>
    public static void AddLicenseName(SbomDraft draft, string? id, string? name)
    {
        if (id is not null && name is { Length: > 0 } and not "NOASSERTION" && DraftText.IsClean(name) && draft.LicenseNames.Count < MostLicenseNames)
        {
            draft.LicenseNames.TryAdd(id, name);
        }
    }

    /// <summary>Takes a supplier: <c>Organization: name (e-mail)</c>, the e-mail being optional.</summary>
    public void TakeSupplier(string? supplier)
    {
        var colon = supplier?.IndexOf(": ", StringComparison.Ordinal) ?? -1;
        Draft.Supplier = colon > 0 && supplier![..colon] is "Organization" or "Person" ? supplier![(colon + 2)..] : null;
    }

    /// <summary>Takes an external reference; <c>purl</c> and CPE names matter.</summary>
    public void TakeReference(string? type, string? locator)
    {
        if (type == "purl" || type?.EndsWith("/purl", StringComparison.Ordinal) == true)
        {
            Draft.Purl ??= locator;
        }
        else if (type is "cpe23Type" or "cpe22Type" || type?.EndsWith("/cpe23Type", StringComparison.Ordinal) == true)
        {
            Draft.Cpe ??= locator;
        }
    }

    /// <summary>Takes an annotation or an attribution text: our own <c>ossruntime:name=value</c>, and Trivy's <c>Name: value</c>.</summary>
    public void TakeComment(string? comment)
    {
        if (comment?.StartsWith(DraftProperties.Prefix, StringComparison.Ordinal) == true)
        {
            var equals = comment.IndexOf('=', StringComparison.Ordinal);
            DraftProperties.Take(Draft, equals < 0 ? null : comment[..equals], equals < 0 ? null : comment[(equals + 1)..]);
        }
        else if (comment?.IndexOf(": ", StringComparison.Ordinal) is > 0 and var colon)
        {
            DraftProperties.Take(Draft, $"aquasecurity:trivy:{comment[..colon]}", comment[(colon + 2)..]);
        }
    }

    /// <summary>
    /// Takes a note on where the facts came from. Syft writes <c>acquired package info from DPKG DB: /var/lib/dpkg/status, …</c>; Trivy writes
    /// <c>built package from: openssl 3.0.11-1</c>.
    /// </summary>
    public void TakeSourceInfo(string? info)
    {
        const string SyftWords = "acquired package info from ";
        const string TrivyWords = "built package from: ";
        if (info?.StartsWith(TrivyWords, StringComparison.Ordinal) == true && info[TrivyWords.Length..].Split(' ') is [var name, var version])
        {
            (Draft.SourceName, Draft.SourceVersion) = (name, version);
        }
        else if (info?.StartsWith(SyftWords, StringComparison.Ordinal) == true && info.IndexOf(": /", StringComparison.Ordinal) is > 0 and var colon)
        {
            var path = info[(colon + 2)..];
            var comma = path.IndexOf(", /", StringComparison.Ordinal);
            Draft.Path ??= comma < 0 ? path : path[..comma];
        }
    }

    /// <summary>Hands the package over.</summary>
    public void AddTo(SbomDraft draft)
    {
        if (Draft.Licenses.Count == 0)
        {
            Draft.AddLicense(Concluded);
        }

        if (Draft.Purl is null && Id is not null)
        {
            // Documents before 2.3 have no purposes: there the tools' ids tell the system and the image itself from packages.
            Draft.Kind ??= Id.StartsWith("SPDXRef-OperatingSystem", StringComparison.Ordinal) ? "operating-system"
                : Id.StartsWith("SPDXRef-DocumentRoot", StringComparison.Ordinal) || Id.StartsWith("SPDXRef-ContainerImage", StringComparison.Ordinal) ? "container"
                : null;
        }

        draft.Add(Draft);
    }
}
