using System.Text;

namespace OssRuntime.Kubernetes.Api;

/// <summary>Which objects of a kind are meant. Everything by default.</summary>
public sealed record ResourceScope
{
    /// <summary>All objects of the kind.</summary>
    public static ResourceScope All { get; } = new();

    /// <summary>Only this namespace; null for all.</summary>
    public string? Namespace { get; init; }

    /// <summary>Field selector, such as <c>spec.nodeName=a</c>.</summary>
    public string? FieldSelector { get; init; }

    /// <summary>Label selector, such as <c>app=web,tier!=test</c>.</summary>
    public string? LabelSelector { get; init; }

    internal void AppendTo(StringBuilder query)
    {
        Append(query, "fieldSelector", FieldSelector);
        Append(query, "labelSelector", LabelSelector);
    }

    internal static void Append(StringBuilder query, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            query.Append(query.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        }
    }
}
