using System.Collections.Immutable;
using System.Text.Json;
using OssRuntime.Model.Advisories;

namespace OssRuntime.Advisories.Feeds.Osv;

/// <summary>Reads <c>affected[].ranges[]</c>. Ranges of commits are left away: no inventory knows commits.</summary>
internal static class OsvRanges
{
    /// <summary>Reads the property's value.</summary>
    public static void Read(ref Utf8JsonReader json, List<AffectedRange> ranges, AdvisoryDraft record)
    {
        if (!JsonReading.EnterArray(ref json))
        {
            return;
        }

        while (JsonReading.NextElement(ref json))
        {
            if (json.TokenType != JsonTokenType.StartObject)
            {
                json.Skip();
                continue;
            }

            if (ReadRange(ref json, record) is { } range)
            {
                ranges.Add(range);
            }
        }
    }

    /// <summary>A version as it may be kept; null, with the reason noted, where it may not.</summary>
    public static string? Version(string? text, AdvisoryDraft record)
    {
        if (text is null || text.Length > FeedLimits.Version)
        {
            record.Trim(text is null ? "a version is no text" : $"a version is longer than {FeedLimits.Version} characters");
            return null;
        }

        return text;
    }

    private static AffectedRange? ReadRange(ref Utf8JsonReader json, AdvisoryDraft record)
    {
        RangeType? type = null;
        var events = ImmutableArray.CreateBuilder<RangeEvent>();
        var sound = true;
        while (JsonReading.NextProperty(ref json))
        {
            if (json.ValueTextEquals("type"u8))
            {
                type = Type(JsonReading.Text(ref json, longest: 32));
            }
            else if (json.ValueTextEquals("events"u8))
            {
                sound &= ReadEvents(ref json, events, record);
            }
            else
            {
                json.Skip();
            }
        }

        if (type is null)
        {
            record.Trim("a range is of an unknown type");
        }

        return type is null or RangeType.Git || !sound || events.Count == 0 ? null : new AffectedRange(type.Value, events.ToImmutable());
    }

    private static RangeType? Type(string? text) => text switch
    {
        "ECOSYSTEM" => RangeType.Ecosystem,
        "SEMVER" => RangeType.SemVer,
        "GIT" => RangeType.Git,
        _ => null,
    };

    /// <summary>False where an event's version cannot be kept: the range would then say something else than its author meant.</summary>
    private static bool ReadEvents(ref Utf8JsonReader json, ImmutableArray<RangeEvent>.Builder events, AdvisoryDraft record)
    {
        var sound = true;
        if (!JsonReading.EnterArray(ref json))
        {
            return false;
        }

        while (JsonReading.NextElement(ref json))
        {
            record.Count(1);
            if (json.TokenType != JsonTokenType.StartObject)
            {
                json.Skip();
                continue;
            }

            while (JsonReading.NextProperty(ref json))
            {
                if (EventType(ref json) is not { } type)
                {
                    json.Skip();
                    continue;
                }

                if (Version(JsonReading.Text(ref json), record) is not { } version)
                {
                    sound = false;
                    continue;
                }

                events.Add(new RangeEvent(type, version));
            }
        }

        return sound;
    }

    private static RangeEventType? EventType(ref Utf8JsonReader json) =>
        json.ValueTextEquals("introduced"u8) ? RangeEventType.Introduced
        : json.ValueTextEquals("fixed"u8) ? RangeEventType.Fixed
        : json.ValueTextEquals("last_affected"u8) ? RangeEventType.LastAffected
        : json.ValueTextEquals("limit"u8) ? RangeEventType.Limit
        : null;
}
