using System.Text;

namespace OssRuntime.Advisories.Identifiers;

/// <summary>
/// A CPE name, 2.3 (<c>cpe:2.3:a:vendor:product:version:update:…</c>) or 2.2 (<c>cpe:/a:vendor:product:version</c>), as far as matching needs it (NISTIR 7695).
/// </summary>
/// <param name="Part">a, o or h.</param>
/// <param name="Vendor">The vendor, its escapes kept, lower case.</param>
/// <param name="Product">The product, likewise.</param>
/// <param name="Version">The version without escapes; <c>*</c> for any, <c>-</c> for none.</param>
/// <param name="Update">The update (<c>rc1</c>), likewise.</param>
/// <param name="TargetSoftware">What it runs on, likewise.</param>
internal sealed record CpeName(string Part, string Vendor, string Product, string Version, string Update, string TargetSoftware)
{
    private const string Prefix23 = "cpe:2.3:";
    private const string Prefix22 = "cpe:/";

    /// <summary>Reads a name; null for a text that is none.</summary>
    public static CpeName? Parse(string? text)
    {
        if (text is null || text.Length > 1000)
        {
            return null;
        }

        var is23 = text.StartsWith(Prefix23, StringComparison.OrdinalIgnoreCase);
        if (!is23 && !text.StartsWith(Prefix22, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var fields = Split(text[(is23 ? Prefix23 : Prefix22).Length..]);
        string Field(int number) => number < fields.Count && fields[number].Length > 0 ? fields[number] : "*";
        return fields.Count < 3 || fields[1].Length == 0 || fields[2].Length == 0
            ? null
            : new CpeName(
                fields[0].ToLowerInvariant(), fields[1].ToLowerInvariant(), fields[2].ToLowerInvariant(), Plain(Field(3)), Plain(Field(4)), Plain(Field(is23 ? 8 : 99)).ToLowerInvariant());
    }

    /// <summary>The version with its update: <c>9.0.0-rc1</c>; null where it is any or none.</summary>
    public string? FullVersion => Version is "*" or "-" ? null : Update is "*" or "-" ? Version : $"{Version}-{Update}";

    private static List<string> Split(string text)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == ':')
            {
                fields.Add(field.ToString());
                field.Clear();
                continue;
            }

            if (text[i] == '\\' && i + 1 < text.Length)
            {
                field.Append(text[i++]);
            }

            field.Append(text[i]);
        }

        fields.Add(field.ToString());
        return fields;
    }

    private static string Plain(string field) => field.Replace("\\", "", StringComparison.Ordinal);
}
