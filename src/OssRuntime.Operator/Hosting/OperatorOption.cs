using System.CommandLine;
using System.CommandLine.Parsing;
using OssRuntime.Operator.Composition;

namespace OssRuntime.Operator.Hosting;

/// <summary>One option of the program: how it is read, and what it sets.</summary>
internal sealed record OperatorOption
{
    /// <summary>The option, as the command line knows it.</summary>
    public required Option Symbol { get; init; }

    /// <summary>The options with what was read.</summary>
    public required Func<ParseResult, OperatorOptions, OperatorOptions> Apply { get; init; }

    /// <summary>An option that had other names: those go on working and are not shown.</summary>
    /// <param name="names">Its name, then the old ones.</param>
    /// <param name="make">Makes the option under a name.</param>
    public static IEnumerable<OperatorOption> Renamed(string[] names, Func<string, OperatorOption> make)
    {
        yield return make(names[0]);
        foreach (var old in names.Skip(1).Select(make))
        {
            old.Symbol.Hidden = true;
            yield return old with { Apply = (parsed, options) => parsed.GetResult(old.Symbol) is { Implicit: false } ? old.Apply(parsed, options) : options };
        }
    }

    public static OperatorOption Of<T>(Option<T> symbol, Func<OperatorOptions, T, OperatorOptions> set) =>
        new() { Symbol = symbol, Apply = (parsed, options) => set(options, parsed.GetValue(symbol)!) };

    public static OperatorOption Text(string name, string description, string value, Func<OperatorOptions, string, OperatorOptions> set) =>
        Of(new Option<string>(name) { Description = description, DefaultValueFactory = _ => value }, set);

    public static OperatorOption Optional(string name, string description, Func<OperatorOptions, string?, OperatorOptions> set) =>
        Of(new Option<string?>(name) { Description = description }, set);

    public static OperatorOption Many(string name, string description, Func<OperatorOptions, string[], OperatorOptions> set) =>
        Of(new Option<string[]>(name) { Description = $"{description} May be given again.", DefaultValueFactory = _ => [] }, set);

    public static OperatorOption Flag(string name, string description, Func<OperatorOptions, bool, OperatorOptions> set) =>
        Of(new Option<bool>(name) { Description = description }, set);

    public static OperatorOption Word<T>(string name, string description, T value, Func<OperatorOptions, T, OperatorOptions> set)
        where T : struct, Enum =>
        Of(new Option<T>(name) { Description = description, DefaultValueFactory = _ => value }, set);

    public static OperatorOption Number(string name, string description, int value, (int Least, int Most) range, Func<OperatorOptions, int, OperatorOptions> set)
    {
        var option = new Option<int>(name) { Description = $"{description} {range.Least} to {range.Most}.", DefaultValueFactory = _ => value };
        option.Validators.Add(result =>
        {
            if (!result.Errors.Any() && result.GetValue(option) is var given && (given < range.Least || given > range.Most))
            {
                result.AddError($"{name} takes a number from {range.Least} to {range.Most}");
            }
        });
        return Of(option, set);
    }

    public static OperatorOption Time(string name, string description, TimeSpan value, Func<OperatorOptions, TimeSpan, OperatorOptions> set) =>
        Of(
            new Option<TimeSpan>(name)
            {
                Description = $"{description} A number and s, m, h or d.",
                DefaultValueFactory = _ => value,
                CustomParser = result => ParseTime(name, result),
            },
            set);

    public static OperatorOption OptionalTime(string name, string description, Func<OperatorOptions, TimeSpan?, OperatorOptions> set) =>
        Of(new Option<TimeSpan?>(name) { Description = $"{description} A number and s, m, h or d.", CustomParser = result => ParseTime(name, result) }, set);

    private static TimeSpan ParseTime(string name, ArgumentResult result)
    {
        if (result.Tokens is [var token] && Duration.TryParse(token.Value, out var time) && time > TimeSpan.Zero)
        {
            return time;
        }

        result.AddError($"{name} takes a number and s, m, h or d, such as 24h");
        return default;
    }
}
