namespace OssRuntime.Advisories.Identifiers;

/// <summary>
/// What releases of SUSE's distributions are called. <c>os-release</c> says 15.6; advisories name the product or one of its modules: <c>Linux Enterprise
/// Module for Basesystem 15 SP6</c>. The long-term fixes of a service pack are fixes of it.
/// </summary>
internal static class SuseReleases
{
    private static readonly string[] Servers = ["linux enterprise server ", "linux enterprise module for ", "linux enterprise micro ", "linux micro "];

    /// <summary>The number of a product's release, <c>15.6</c>; null for a product of its own (SAP, Desktop, High Availability). In lower case.</summary>
    public static string? Number(string product)
    {
        var server = Array.Find(Servers, prefix => product.StartsWith(prefix, StringComparison.Ordinal));
        if (server is null)
        {
            return null;
        }

        var rest = product[server.Length..];
        foreach (var ending in (ReadOnlySpan<string>)["-ltss", " ltss"])
        {
            rest = rest.EndsWith(ending, StringComparison.Ordinal) ? rest[..^ending.Length] : rest;
        }

        // A module has its subject before the release, and numbers may be in it: "python 3 15 sp6".
        var pack = rest.LastIndexOf(" sp", StringComparison.Ordinal);
        var (release, service) = pack > 0 ? (rest[..pack], rest[(pack + 3)..]) : (rest, null);
        var space = server == Servers[1] ? release.LastIndexOf(' ') : -1;
        release = release[(space + 1)..];
        return !IsNumber(release) ? null : service is null ? release : service.All(char.IsAsciiDigit) && service.Length > 0 ? $"{release}.{service}" : null;
    }

    /// <summary>
    /// The number of the server's release that a product is built on and whose fixes it has too, <c>15.6</c> for <c>linux enterprise server for sap applications 15 sp6</c>; null where
    /// the text is no such product.
    /// </summary>
    public static string? Base(string product)
    {
        const string Enterprise = "linux enterprise ";
        return product.StartsWith(Enterprise, StringComparison.Ordinal) ? Number($"{Servers[1]}{product[Enterprise.Length..]}") : null;
    }

    /// <summary>True for <c>15</c> and <c>15.6</c>.</summary>
    public static bool IsNumber(string text) =>
        text.Length > 0 && char.IsAsciiDigit(text[0]) && text.All(c => char.IsAsciiDigit(c) || c == '.');
}
