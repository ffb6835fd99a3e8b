using OssRuntime.Model.Images;
using OssRuntime.Model.Packages;

namespace OssRuntime.Inventory.Sboms.Reading;

/// <summary>One entry of an SBOM while it is read: what its fields said so far, in whatever order they came.</summary>
internal sealed class PackageDraft
{
    private const int MostLicenses = 32;

    private bool _hasSeveralLicenses;

    /// <summary>What the document calls the kind of the entry: CycloneDX's <c>type</c>, SPDX's purpose; lower case.</summary>
    public string? Kind { get; set; }

    /// <summary>CycloneDX's <c>group</c>.</summary>
    public string? Group { get; set; }

    public string? Name { get; set; }

    public string? Version { get; set; }

    public string? Purl { get; set; }

    /// <summary>What the package URL was inferred from, where the document has none; else null.</summary>
    public string? Evidence { get; set; }

    /// <summary>The file that named it; as told.</summary>
    public string? Path { get; set; }

    public Digest? Layer { get; set; }

    /// <summary>What was declared; nothing for <c>NOASSERTION</c> and <c>NONE</c>.</summary>
    public List<string> Licenses { get; } = [];

    public string? Origin { get; set; }

    public string? Supplier { get; set; }

    /// <summary>Its CPE name, the first that the document gives.</summary>
    public string? Cpe { get; set; }

    /// <summary>True where our own document says that another publisher than the distribution built it.</summary>
    public bool IsThirdParty { get; set; }

    public string? SourceName { get; set; }

    public string? SourceVersion { get; set; }

    public string? SourceRelease { get; set; }

    public string? SourceEpoch { get; set; }

    public string? OwnedBy { get; set; }

    public ComponentType? Type { get; set; }

    public Ecosystem? Ecosystem { get; set; }

    /// <summary>What an operating system's entry says beyond name and version.</summary>
    public OsDraft Os { get; } = new();

    /// <summary>Takes one licence, an SPDX expression or a name.</summary>
    public void AddLicense(string? license)
    {
        license = license?.Trim();
        if (!_hasSeveralLicenses && !string.IsNullOrEmpty(license) && license is not ("NOASSERTION" or "NONE") && DraftText.IsClean(license)
            && Licenses.Count < MostLicenses && !Licenses.Contains(license))
        {
            Licenses.Add(license);
        }
    }

    /// <summary>Takes one of the licences that the entry's one expression was made of; the expression itself then counts no more.</summary>
    public void AddOneOfSeveralLicenses(string license)
    {
        if (!_hasSeveralLicenses)
        {
            Licenses.Clear();
        }

        _hasSeveralLicenses = false;
        AddLicense(license);
        _hasSeveralLicenses = true;
    }
}
