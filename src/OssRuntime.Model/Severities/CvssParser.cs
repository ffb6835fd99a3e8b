using System.Collections.Immutable;

namespace OssRuntime.Model.Severities;

/// <summary>Reads vectors of every version. The order of the metrics does not matter.</summary>
internal static class CvssParser
{
    /// <summary>The longest vector with all metrics is a third of this.</summary>
    private const int LongestVector = 512;

    internal static bool TryParse(string? text, out CvssVector? vector, out string? error)
    {
        vector = null;
        if (string.IsNullOrEmpty(text) || text.Length > LongestVector)
        {
            error = string.IsNullOrEmpty(text) ? "the vector is empty" : $"the vector is longer than {LongestVector} characters";
            return false;
        }

        var body = text.AsSpan();
        if (TakeVersion(ref body) is not { } version)
        {
            error = "the version is not 2, 3.0, 3.1 or 4.0";
            return false;
        }

        error = Read(version, body, out var values);
        if (error is null)
        {
            vector = version switch
            {
                CvssVersion.V2 => CvssV2.Score(Unwrap(text).ToString(), values),
                CvssVersion.V40 => CvssV4.Score(text, values),
                _ => CvssV3.Score(text, version, values),
            };
        }

        return error is null;
    }

    private static CvssVersion? TakeVersion(ref ReadOnlySpan<char> text)
    {
        if (!text.StartsWith("CVSS:"))
        {
            text = Unwrap(text);
            return CvssVersion.V2;
        }

        var slash = text.IndexOf('/');
        var version = slash < 0 ? text[5..] : text[5..slash];
        text = slash < 0 ? default : text[(slash + 1)..];
        return version switch
        {
            "2.0" => CvssVersion.V2,
            "3.0" => CvssVersion.V30,
            "3.1" => CvssVersion.V31,
            "4.0" => CvssVersion.V40,
            _ => null,
        };
    }

    /// <summary>Vectors of version 2 often stand in parentheses.</summary>
    private static ReadOnlySpan<char> Unwrap(ReadOnlySpan<char> text) => text.Length > 1 && text[0] == '(' && text[^1] == ')' ? text[1..^1] : text;

    private static string? Read(CvssVersion version, ReadOnlySpan<char> body, out CvssValues values)
    {
        values = new CvssValues();
        var metrics = CvssMetrics.Of(version);
        foreach (var range in body.Split('/'))
        {
            var part = body[range];
            var colon = part.IndexOf(':');
            if (colon < 0)
            {
                return $"'{part}' is not a metric and its value";
            }

            var metric = Find(metrics, part[..colon]);
            var value = metric is null ? null : Find(metric.Values, part[(colon + 1)..]);
            if (value is null)
            {
                return metric is null ? $"there is no metric '{part[..colon]}'" : $"the metric '{metric.Name}' has no value '{part[(colon + 1)..]}'";
            }

            if (!values.TryAdd(metric!, value))
            {
                return $"the metric '{metric!.Name}' is there twice";
            }
        }

        foreach (var metric in metrics)
        {
            if (metric.Group == CvssMetricGroup.Base && !values.Has(metric.Name))
            {
                return $"the metric '{metric.Name}' is missing";
            }
        }

        return null;
    }

    private static CvssMetric? Find(ImmutableArray<CvssMetric> metrics, ReadOnlySpan<char> name)
    {
        foreach (var metric in metrics)
        {
            if (name.SequenceEqual(metric.Name))
            {
                return metric;
            }
        }

        return null;
    }

    private static string? Find(string[] values, ReadOnlySpan<char> text)
    {
        foreach (var value in values)
        {
            if (text.SequenceEqual(value))
            {
                return value;
            }
        }

        return null;
    }
}
