using System.Collections.Immutable;
using System.Globalization;

namespace OssRuntime.Policy.Rules;

/// <summary>Collects what is wrong with the fields of an object while they are read.</summary>
internal sealed class FieldErrors
{
    private const int Most = 50;

    private readonly List<FieldError> _errors = [];

    public ImmutableArray<FieldError> All => [.. _errors.Take(Most)];

    public void Add(string path, string message) => _errors.Add(new FieldError(path, message));

    public TEnum Word<TEnum>(string path, string? word, TEnum absent)
        where TEnum : struct, Enum =>
        WordOrNull<TEnum>(path, word) ?? absent;

    public TEnum? WordOrNull<TEnum>(string path, string? word)
        where TEnum : struct, Enum
    {
        if (word is null)
        {
            return null;
        }

        // Numbers and lists of words are members to Enum.TryParse, and none of ours.
        if (Enum.GetNames<TEnum>().Contains(word, StringComparer.Ordinal))
        {
            return Enum.Parse<TEnum>(word);
        }

        Add(path, $"'{word}' is invalid, use one of {string.Join(", ", Enum.GetNames<TEnum>())}");
        return null;
    }

    /// <summary>A number of days as <c>7d</c>.</summary>
    public int? Days(string path, string? text)
    {
        if (text is null)
        {
            return null;
        }

        if (text is [.. var digits, 'd'] && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is >= 1 and <= 3650)
        {
            return days;
        }

        Add(path, $"'{text}' is invalid, write a number of days from 1d to 3650d");
        return null;
    }

    public int? Number(string path, int? number, int least, int most)
    {
        if (number < least || number > most)
        {
            Add(path, $"must be a number from {least} to {most}");
        }

        return number;
    }
}
