namespace OssRuntime.Advisories.Identifiers;

/// <summary>
/// Which spellings of a package name are one package, by ecosystem. Feeds and images spell names differently; both sides pass through here
/// before they are compared.
/// </summary>
internal static class PackageNames
{
    /// <summary>The spelling under which a package is kept, for the canonical ecosystem name that <see cref="EcosystemNames"/> gives.</summary>
    public static string Canonical(string ecosystem, string name) => ecosystem switch
    {
        "pypi" => Pep503(name),
        "nuget" or "packagist" or "hex" or "pub" or "github actions" or "conancenter" or "bitnami" => Lower(name),
        "crates.io" => Lower(name).Replace('_', '-'),
        "swifturl" => RepositoryAddress(name),
        "go" => GoModule(name),
        _ => name,
    };

    /// <summary>PEP 503: lower case, and every run of '-', '_' and '.' is one '-'.</summary>
    private static string Pep503(string name)
    {
        if (!name.AsSpan().ContainsAny('_', '.') && !name.Contains("--", StringComparison.Ordinal))
        {
            return Lower(name);
        }

        return string.Create(CanonicalLength(name), name, static (target, source) =>
        {
            var length = 0;
            for (var i = 0; i < source.Length; i++)
            {
                var separator = source[i] is '-' or '_' or '.';
                if (separator && i > 0 && source[i - 1] is '-' or '_' or '.')
                {
                    continue;
                }

                target[length++] = separator ? '-' : char.ToLowerInvariant(source[i]);
            }
        });
    }

    private static int CanonicalLength(string name)
    {
        var length = name.Length;
        for (var i = 1; i < name.Length; i++)
        {
            length -= name[i] is '-' or '_' or '.' && name[i - 1] is '-' or '_' or '.' ? 1 : 0;
        }

        return length;
    }

    /// <summary>Swift packages are named by the address of their repository, with or without scheme and ".git".</summary>
    private static string RepositoryAddress(string name)
    {
        var address = Lower(name);
        var scheme = address.IndexOf("://", StringComparison.Ordinal);
        address = scheme < 0 ? address : address[(scheme + 3)..];
        return address.EndsWith(".git", StringComparison.Ordinal) ? address[..^4] : address;
    }

    /// <summary>The standard library has one name in the Go vulnerability database, whatever a build calls it.</summary>
    private static string GoModule(string name) => name is "std" or "go" or "golang" ? "stdlib" : name;

    private static string Lower(string name)
    {
        foreach (var c in name)
        {
            if (char.IsAsciiLetterUpper(c) || c > 127)
            {
                return name.ToLowerInvariant();
            }
        }

        return name;
    }
}
