using System.Text.Json;

namespace OssRuntime.Advisories.Feeds.Fetching;

/// <summary>Reads a JSON document to its end, piece by piece, and sees to it that there is something in it.</summary>
internal static class JsonCheck
{
    private const int LongestToken = 8 << 20;

    /// <summary>Checks a document.</summary>
    /// <param name="data">The document.</param>
    /// <param name="key">The property of its object that must have something in it; null where any object or array in the document will do.</param>
    /// <exception cref="FeedFileException">It is no JSON, is cut, or lacks what it should have.</exception>
    public static void Check(Stream data, string? key)
    {
        var (buffer, filled, ended) = (new byte[1 << 16], 0, false);
        var state = default(JsonReaderState);
        var content = new Content(key);
        try
        {
            while (!ended)
            {
                var read = data.ReadAtLeast(buffer.AsSpan(filled), buffer.Length - filled, throwOnEndOfStream: false);
                ended = read < buffer.Length - filled;
                filled += read;
                var start = content.AtStart ? Bom(buffer.AsSpan(0, filled)) : 0;
                var json = new Utf8JsonReader(buffer.AsSpan(start, filled - start), ended, state);
                while (json.Read())
                {
                    content.See(ref json);
                }

                state = json.CurrentState;
                var consumed = start + (int)json.BytesConsumed;
                buffer.AsSpan(consumed, filled - consumed).CopyTo(buffer);
                filled -= consumed;
                if (filled == buffer.Length)
                {
                    Array.Resize(ref buffer, buffer.Length < LongestToken ? buffer.Length * 2 : throw new FeedFileException("the document has a text longer than any real one"));
                }
            }
        }
        catch (JsonException exception)
        {
            throw new FeedFileException(RecordDocuments.NoJson(exception.Message));
        }

        content.Judge();
    }

    private static int Bom(ReadOnlySpan<byte> text) => text.StartsWith("\uFEFF"u8) ? 3 : 0;

    /// <summary>What was seen at the top of the document.</summary>
    private sealed class Content(string? key)
    {
        private bool _inKey;
        private bool _found;

        public bool AtStart { get; private set; } = true;

        public void See(ref Utf8JsonReader json)
        {
            AtStart = false;
            if (json.CurrentDepth == 1 && json.TokenType == JsonTokenType.PropertyName)
            {
                _inKey = key is null || json.ValueTextEquals(key);
                return;
            }

            // A scalar where one is asked for (an id), an object or array with something in it elsewhere.
            var isScalar = json.TokenType is JsonTokenType.String or JsonTokenType.Number;
            _found |= key is null
                ? json.CurrentDepth == 1 && json.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray
                : _inKey && ((json.CurrentDepth == 1 && isScalar) || json.CurrentDepth > 1) && json.TokenType is not (JsonTokenType.EndArray or JsonTokenType.EndObject);
        }

        public void Judge()
        {
            if (!_found)
            {
                throw new FeedFileException(key is null ? "the document has nothing in it" : $"the document has nothing under '{key}'");
            }
        }
    }
}
