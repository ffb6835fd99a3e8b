using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace OssRuntime.Inventory.Licenses;

/// <summary>
/// What package managers call licences, as SPDX expressions: Debian's short names (<c>GPL-2+</c>), Fedora's of old (<c>LGPLv2+ and MIT</c>), Python's
/// classifiers, Maven's titles. A name that leaves open which licence it means ("BSD", "GPL") stays as it is written.
/// </summary>
internal static partial class LicenseNames
{
    private const int Longest = 1024;

    private static readonly FrozenDictionary<string, string> Ids = Table().ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The expression where the text means one for certain; else the text itself.</summary>
    public static string Normalize(string text) => Find(text) ?? text;

    /// <summary>The expression; null where the text does not say for certain which.</summary>
    public static string? Find(string text)
    {
        text = text.Trim();
        if (text.Length is 0 or > Longest)
        {
            return null;
        }

        // SPDX gave up "GPL-2.0+".
        if (text.EndsWith('+') && FindGnu(text) is { } later)
        {
            return later;
        }

        return LicenseExpression.Normalize(text) ?? Ids.GetValueOrDefault(text) ?? FindGnu(text) ?? FindCombined(text);
    }

    /// <summary>The licences of GNU in all their spellings: family, version, whether later ones count.</summary>
    private static string? FindGnu(string text)
    {
        if (Gnu().Match(text) is not { Success: true } match)
        {
            return null;
        }

        var family = match.Groups["family"].Value.ToUpperInvariant() switch
        {
            "AGPL" or "GNU AFFERO GENERAL PUBLIC LICENSE" => "AGPL",
            "LGPL" or "GNU LGPL" or "GNU LESSER GENERAL PUBLIC LICENSE" or "GNU LIBRARY GENERAL PUBLIC LICENSE" or "GNU LIBRARY OR LESSER GENERAL PUBLIC LICENSE" => "LGPL",
            "GFDL" or "GNU FREE DOCUMENTATION LICENSE" => "GFDL",
            _ => "GPL",
        };
        var version = match.Groups["version"].Value;
        var id = $"{family}-{version}{(version.Contains('.', StringComparison.Ordinal) ? "" : ".0")}{(match.Groups["later"].Success ? "-or-later" : "-only")}";
        return LicenseExpression.IsListed(id) ? id : null;
    }

    /// <summary>Names with "and", "or" and brackets between them.</summary>
    private static string? FindCombined(string text)
    {
        var parts = Operators().Split(text);
        if (parts.Length < 2)
        {
            return null;
        }

        for (var i = 0; i < parts.Length; i++)
        {
            var part = parts[i].Trim();
            if (part.Length == 0 || part is "(" or ")" || part.Equals("and", StringComparison.OrdinalIgnoreCase) || part.Equals("or", StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            if ((LicenseExpression.Normalize(part) ?? Ids.GetValueOrDefault(part) ?? FindGnu(part)) is not { } known)
            {
                return null;
            }

            parts[i] = known;
        }

        return LicenseExpression.Normalize(string.Join(' ', parts));
    }

    private static IEnumerable<KeyValuePair<string, string>> Table()
    {
        foreach (var (id, names) in new (string, string)[]
        {
            ("Apache-2.0", "Apache 2|Apache 2.0|Apache-2|Apache2|Apache License 2|Apache License 2.0|Apache License v2|Apache License v2.0|Apache License, Version 2.0|Apache License Version 2.0|The Apache License, Version 2.0|The Apache Software License, Version 2.0|Apache Software License 2.0|Apache Software License - Version 2.0|Apache License, 2.0|Apache Public License 2.0|ASL 2.0|ASLv2|ALv2|AL2"),
            ("Apache-1.1", "Apache Software License 1.1|ASL 1.1|The Apache Software License, Version 1.1"),
            ("MIT", "MIT License|The MIT License|The MIT License (MIT)|MIT License (MIT)|MIT/Expat|Expat|MIT-License|MIT licence"),
            ("MIT-0", "MIT No Attribution License (MIT-0)"),
            ("BSD-2-Clause", "BSD-2|BSD 2-Clause|BSD 2 Clause|BSD-2-Clause License|2-Clause BSD|BSD 2-Clause License|The BSD 2-Clause License|Simplified BSD|Simplified BSD License|FreeBSD License"),
            ("BSD-3-Clause", "BSD-3|BSD 3-Clause|BSD 3 Clause|3-Clause BSD|3-Clause BSD License|BSD 3-Clause License|The BSD 3-Clause License|New BSD|New BSD License|Modified BSD|Modified BSD License|Revised BSD|Revised BSD License|BSD New|BSD_3_clause"),
            ("BSD-4-Clause", "BSD-4|BSD with advertising|BSD 4-Clause"),
            ("ISC", "ISC License|ISC License (ISCL)|The ISC License"),
            ("MPL-1.1", "MPLv1.1|Mozilla Public License 1.1 (MPL 1.1)|Mozilla Public License 1.1|MPL 1.1"),
            ("MPL-2.0", "MPLv2.0|MPL2|MPL 2.0|MPL-2|Mozilla Public License 2.0|Mozilla Public License 2.0 (MPL 2.0)|Mozilla Public License, Version 2.0|Mozilla Public License Version 2.0"),
            ("EPL-1.0", "EPL 1.0|Eclipse Public License 1.0|Eclipse Public License - v 1.0|Eclipse Public License v1.0|Eclipse Public License 1.0 (EPL-1.0)"),
            ("EPL-2.0", "EPL 2.0|Eclipse Public License 2.0|Eclipse Public License - v 2.0|Eclipse Public License v2.0|Eclipse Public License 2.0 (EPL-2.0)|Eclipse Public License v. 2.0"),
            ("CDDL-1.0", "CDDL|CDDL 1.0|CDDL License|Common Development and Distribution License 1.0 (CDDL-1.0)|COMMON DEVELOPMENT AND DISTRIBUTION LICENSE (CDDL) Version 1.0"),
            ("CDDL-1.1", "CDDL 1.1"),
            ("PSF-2.0", "Python Software Foundation License|PSF|PSFL|PSF License|Python Software Foundation License Version 2"),
            ("Unlicense", "The Unlicense|The Unlicense (Unlicense)"),
            ("CC0-1.0", "CC0|CC0 1.0 Universal|CC0 1.0 Universal (CC0 1.0) Public Domain Dedication|Public Domain, per Creative Commons CC0"),
            ("0BSD", "Zero-Clause BSD (0BSD)"),
            ("Zlib", "zlib/libpng|zlib License|zlib/libpng License"),
            ("BSL-1.0", "Boost|Boost Software License 1.0 (BSL-1.0)|Boost Software License 1.0"),
            ("Artistic-2.0", "Artistic 2.0|Artistic License 2.0|artistic_2"),
            ("Artistic-1.0-Perl OR GPL-1.0-or-later", "perl_5|Perl|GPL+ or Artistic|Artistic or GPL-1+"),
            ("OpenSSL", "OpenSSL License"),
            ("PostgreSQL", "PostgreSQL License"),
            ("Ruby", "Ruby License|Ruby's"),
            ("PHP-3.01", "PHP License|PHP"),
            ("curl", "MIT/X derivate"),
            ("Vim", "Vim License"),
            ("ZPL-2.1", "ZPL 2.1|Zope Public License 2.1|Zope Public License"),
            ("WTFPL", "WTFPL-2|WTFPL License"),
            ("NCSA", "University of Illinois/NCSA Open Source License"),
            ("OFL-1.1", "OFL|SIL Open Font License 1.1 (OFL-1.1)|SIL OFL 1.1"),
            ("GPL-2.0-only WITH Classpath-exception-2.0", "GPLv2 with classpath exception|GPL2 w/ CPE|GNU General Public License, version 2 (GPL2), with the classpath exception|GPL-2-with-classpath-exception"),
        })
        {
            foreach (var name in names.Split('|'))
            {
                yield return new(name, id);
            }
        }
    }

    [GeneratedRegex(
        @"^(?<family>A?GPL|LGPL|GFDL|GNU (?:L|A)?GPL|GNU (?:Affero |Lesser |Library |Library or Lesser )?General Public License|GNU Free Documentation License)(?:,? ?-?(?:v|version )?\.? ?)(?<version>[123](?:\.[0-9])?)(?:\.0)?(?<later>\+| ?or later| or any later version|\+ \([^)]{1,20}\)| or later \([^)]{1,20}\))?(?: ?only)?(?: \([AL]?GPLv?[0-9.]{1,4}(?<later>\+)?\))?\z",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Gnu();

    [GeneratedRegex(@"(?<operator>\sand\s|\sor\s|[()])", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Operators();
}
