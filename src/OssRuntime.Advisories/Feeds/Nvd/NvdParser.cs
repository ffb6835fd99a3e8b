using System.Globalization;
using System.Text.Json;
using OssRuntime.Advisories.Feeds.Cpe;

namespace OssRuntime.Advisories.Feeds.Nvd;

/// <summary>Reads one CVE of the API 2.0.</summary>
internal static class NvdParser
{
    private static readonly string[] Formats = ["cvssMetricV40", "cvssMetricV31", "cvssMetricV30", "cvssMetricV2"];

    /// <summary>Reads a <c>cve</c> object.</summary>
    /// <exception cref="FeedRecordException">It has no id, or the CVE was rejected.</exception>
    public static FeedAdvisory Parse(JsonElement cve, string source)
    {
        if (cve.Text("vulnStatus") == "Rejected")
        {
            throw new FeedRecordException("the CVE is not published, or was rejected");
        }

        var draft = new AdvisoryDraft
        {
            Id = cve.Text("id"),
            Modified = Instant(cve.Text("lastModified")),
            Details = cve.Items("descriptions").FirstOrDefault(text => text.Text("lang") == "en").Text("value"),
        };
        foreach (var format in Formats)
        {
            // NVD's own analysis, called primary, before what others sent in.
            foreach (var metric in cve.At("metrics").Items(format).OrderBy(metric => metric.Text("type") == "Primary" ? 0 : 1))
            {
                if (metric.At("cvssData").Text("vectorString") is { Length: > 0 and < 512 } vector && !draft.Vectors.Contains(vector))
                {
                    draft.Vectors.Add(vector);
                }
            }
        }

        foreach (var reference in cve.Items("references"))
        {
            draft.AddReference(reference.Text("url"), marked: reference.Texts("tags").Contains("Exploit"));
        }

        var affected = new CpeAffected();
        CpeConfigurations.Read(cve, affected);
        affected.AddTo(draft);
        return draft.Finish(source) with { OnlyAdds = draft.Affected.Count == 0 };
    }

    /// <summary>Instants are in UTC and do not say so.</summary>
    private static DateTimeOffset? Instant(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant) ? instant : null;
}
