using System.Collections.Immutable;
using System.Globalization;

namespace OssRuntime.Operator.DenyLists;

/// <summary>
/// The images that are denied now, by namespace, within a byte budget: what a ValidatingAdmissionPolicy is given to go by while no webhook answers. It has no
/// rules of its own, so only what needs no more than a look is in it: each image is a key, since looking a key up costs the same however long the list is, and an expression that costs
/// too much is an error, which lets in. Namespaces with the same denials share a list:
/// <code>
///   shop: l1      bank: l1      legacy: l2      l1.sha256_c…: ""      l1.registry_sweb_c1: ""      l2.…      summary.cut: "12"
/// </code>
/// A namespace's name has no dot, so that nothing else can be taken for one.
/// </summary>
/// <param name="Data">The data of the ConfigMap.</param>
/// <param name="Listed">How many images are in it.</param>
/// <param name="Cut">How many there was no room for.</param>
internal sealed record DenyList(ImmutableSortedDictionary<string, string> Data, int Listed, int Cut)
{
    /// <summary>A ConfigMap takes a mebibyte, and every API server keeps it in memory.</summary>
    public const int Budget = 256 * 1024;

    // Quotes, and the name of the field in the list of who owns it.
    private const int Overhead = 16;

    private const int LongestKey = 253;

    /// <summary>Makes the list.</summary>
    /// <param name="denials">Each denied image, the most pressing first, with the namespaces that it is denied in.</param>
    /// <param name="budget">The bytes that there is room for.</param>
    public static DenyList Of(IReadOnlyList<Denial> denials, int budget = Budget)
    {
        // What an image costs depends on how many lists it is in; the exact sum is known once it is made, and shrinks with what is cut.
        for (var take = denials.Count; ; take = take * 9 / 10)
        {
            var data = Write([.. denials.Take(take)]).SetItem("summary.cut", (denials.Count - take).ToString(CultureInfo.InvariantCulture)).SetItem("summary.listed", take.ToString(CultureInfo.InvariantCulture));
            if (take == 0 || data.Sum(entry => entry.Key.Length + entry.Value.Length + Overhead) <= budget)
            {
                return new DenyList(data, take, denials.Count - take);
            }
        }
    }

    /// <summary>A digest or the name of an image as a key of a ConfigMap, which takes letters, digits and three signs. The policy's expressions do the same.</summary>
    public static string KeyOf(string line) => line
        .Replace("_", "__", StringComparison.Ordinal)
        .Replace("/", "_s", StringComparison.Ordinal)
        .Replace(":", "_c", StringComparison.Ordinal)
        .Replace("@", "_a", StringComparison.Ordinal);

    private static ImmutableSortedDictionary<string, string> Write(List<Denial> denials)
    {
        var bySpace = new SortedDictionary<string, List<Denial>>(StringComparer.Ordinal);
        foreach (var denial in denials)
        {
            foreach (var @namespace in denial.Namespaces)
            {
                (bySpace.TryGetValue(@namespace, out var list) ? list : bySpace[@namespace] = []).Add(denial);
            }
        }

        var data = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        var lists = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (@namespace, denied) in bySpace)
        {
            var keys = denied.SelectMany(denial => denial.Lines).Select(KeyOf).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
            var text = string.Join(' ', keys);
            if (!lists.TryGetValue(text, out var name))
            {
                lists[text] = name = $"l{lists.Count + 1}";
                foreach (var key in keys.Where(key => key.Length + name.Length < LongestKey))
                {
                    data[$"{name}.{key}"] = "";
                }
            }

            data[@namespace] = name;
        }

        return data.ToImmutable();
    }
}
