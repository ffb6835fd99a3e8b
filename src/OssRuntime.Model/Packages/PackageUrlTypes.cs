using System.Collections.Frozen;

namespace OssRuntime.Model.Packages;

/// <summary>
/// The rules of every registered purl type that has any (the specification's <c>types/*-definition.json</c>). Types that are not listed have
/// none. Where a definition demands a namespace that its own examples do without (rpm, golang), none is demanded here.
/// </summary>
internal static class PackageUrlTypes
{
    private static readonly PackageUrlType NoNamespace = new() { HasNamespace = false };
    private static readonly PackageUrlType NoNamespaceAndLowerName = new() { HasNamespace = false, LowersName = true };
    private static readonly PackageUrlType Lower = new() { LowersNamespace = true, LowersName = true };
    private static readonly PackageUrlType LowerWithNamespace = new() { HasNamespace = true, LowersNamespace = true, LowersName = true };

    private static readonly FrozenDictionary<string, PackageUrlType> All = new Dictionary<string, PackageUrlType>(StringComparer.Ordinal)
    {
        ["alpm"] = Lower,
        ["apk"] = Lower,
        ["bazel"] = NoNamespace,
        ["bitbucket"] = LowerWithNamespace,
        ["bitnami"] = NoNamespaceAndLowerName,
        ["cargo"] = NoNamespace,
        ["chrome-extension"] = new() { HasNamespace = false, Check = CheckChromeExtension },
        ["cocoapods"] = new() { HasNamespace = false, Check = CheckPod },
        ["composer"] = Lower,
        ["conan"] = new() { Check = CheckConan },
        ["conda"] = NoNamespace,
        ["cpan"] = new() { HasNamespace = true, Normalize = UpperAuthor, Check = CheckCpan },
        ["cran"] = new() { HasNamespace = false, NeedsVersion = true },
        ["deb"] = Lower,
        ["gem"] = NoNamespace,
        ["github"] = LowerWithNamespace,
        ["golang"] = Lower,
        ["hackage"] = NoNamespace,
        ["hex"] = Lower,
        ["huggingface"] = new() { LowersVersion = true },
        ["julia"] = new() { HasNamespace = false, Check = CheckJulia },
        ["luarocks"] = Lower,
        ["maven"] = new() { HasNamespace = true },
        ["mlflow"] = new() { HasNamespace = false, Normalize = LowerDatabricksName },
        ["npm"] = Lower,
        ["nuget"] = NoNamespace,
        ["oci"] = NoNamespaceAndLowerName,
        ["opam"] = NoNamespace,
        ["otp"] = NoNamespaceAndLowerName,
        ["pub"] = NoNamespaceAndLowerName,
        ["pypi"] = new() { HasNamespace = false, LowersName = true, Normalize = DashedName },
        ["qpkg"] = new() { LowersNamespace = true },
        ["rpm"] = new() { LowersNamespace = true },
        ["swid"] = new() { Check = CheckSwid },
        ["swift"] = new() { HasNamespace = true, NeedsVersion = true },
        ["vscode-extension"] = LowerWithNamespace,
        ["yocto"] = new() { LowersNamespace = true },
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Applies the rules of the type; false, with the reason, where the parts break one.</summary>
    internal static bool TryApply(PackageUrl candidate, out PackageUrl? purl, out string? error)
    {
        purl = null;
        error = null;
        if (!All.TryGetValue(candidate.Type, out var type))
        {
            purl = candidate;
            return true;
        }

        var normalized = Normalize(candidate, type);
        if (type.HasNamespace is { } wanted && wanted != normalized.Namespace is not null)
        {
            error = wanted ? $"the type '{candidate.Type}' needs a namespace" : $"the type '{candidate.Type}' has no namespace";
        }
        else if (type.NeedsVersion && normalized.Version is null)
        {
            error = $"the type '{candidate.Type}' needs a version";
        }
        else
        {
            error = type.Check?.Invoke(normalized);
        }

        purl = error is null ? normalized : null;
        return error is null;
    }

    private static PackageUrl Normalize(PackageUrl candidate, PackageUrlType type)
    {
        if (type.LowersNamespace || type.LowersName || type.LowersVersion)
        {
            candidate = candidate with
            {
                Namespace = type.LowersNamespace ? candidate.Namespace?.ToLowerInvariant() : candidate.Namespace,
                Name = type.LowersName ? candidate.Name.ToLowerInvariant() : candidate.Name,
                Version = type.LowersVersion ? candidate.Version?.ToLowerInvariant() : candidate.Version,
            };
        }

        return type.Normalize is null ? candidate : type.Normalize(candidate);
    }

    private static PackageUrl DashedName(PackageUrl purl) => purl with { Name = purl.Name.Replace('_', '-') };

    /// <summary>Model names are as the server writes them; Databricks' are not case-sensitive.</summary>
    private static PackageUrl LowerDatabricksName(PackageUrl purl) =>
        purl.Qualifier("repository_url")?.Contains("databricks", StringComparison.OrdinalIgnoreCase) == true
            ? purl with { Name = purl.Name.ToLowerInvariant() }
            : purl;

    private static string? CheckPod(PackageUrl purl) =>
        purl.Name.StartsWith('.') || purl.Name.Contains('+') || purl.Name.Any(char.IsWhiteSpace)
            ? "the name of a pod has no '+', no white space and no '.' in front"
            : null;

    /// <summary>
    /// A reference is <c>name/version@user/channel</c>: a channel needs a user, which older purls write as the namespace. A namespace without any
    /// qualifier is such an older purl that lacks its channel.
    /// </summary>
    private static string? CheckConan(PackageUrl purl)
    {
        if (purl.Qualifier("channel") is not null && purl.Qualifier("user") is null && purl.Namespace is null)
        {
            return "a Conan channel needs a user or a namespace";
        }

        return purl.Namespace is not null && purl.Qualifiers.IsEmpty ? "a Conan namespace needs a channel" : null;
    }

    /// <summary>The namespace of a distribution is its author's CPAN id, in capitals.</summary>
    private static PackageUrl UpperAuthor(PackageUrl purl) => purl with { Namespace = purl.Namespace?.ToUpperInvariant() };

    /// <summary>Modules have no purl any more, only the distributions that they are in.</summary>
    private static string? CheckCpan(PackageUrl purl) =>
        purl.Name.Contains("::", StringComparison.Ordinal) ? "the name of a CPAN distribution has no '::'" : null;

    /// <summary>An extension is named by 32 letters from a to p; its version is up to four numbers.</summary>
    private static string? CheckChromeExtension(PackageUrl purl)
    {
        if (purl.Name.Length != 32 || purl.Name.AsSpan().ContainsAnyExceptInRange('a', 'p'))
        {
            return "the name of a Chrome extension is 32 letters from a to p";
        }

        var numbers = purl.Version?.Split('.') ?? [];
        return numbers.Length > 4 || !Array.TrueForAll(numbers, number => number.Length > 0 && number.All(char.IsAsciiDigit)) ? "the version of a Chrome extension is up to four numbers" : null;
    }

    private static string? CheckJulia(PackageUrl purl) => purl.Qualifier("uuid") is null ? "a Julia package needs the qualifier 'uuid'" : null;

    private static string? CheckSwid(PackageUrl purl) => purl.Qualifier("tag_id") is null ? "a SWID tag needs the qualifier 'tag_id'" : null;
}
