using System.Text;

namespace OssRuntime.Operator.Metrics;

/// <summary>Enumerations as label values: <c>OutOfCycle</c> becomes <c>out_of_cycle</c>.</summary>
internal static class LabelValue
{
    public static string Of<TEnum>(TEnum value)
        where TEnum : struct, Enum
    {
        var name = value.ToString();
        var text = new StringBuilder(name.Length + 4);
        foreach (var c in name)
        {
            if (char.IsUpper(c) && text.Length > 0)
            {
                text.Append('_');
            }

            text.Append(char.ToLowerInvariant(c));
        }

        return text.ToString();
    }
}
