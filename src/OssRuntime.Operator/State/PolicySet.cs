using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using OssRuntime.Operator.Integrity;
using OssRuntime.Operator.Resources;
using OssRuntime.Policy.Rules;

namespace OssRuntime.Operator.State;

/// <summary>
/// The policies in force. One that can no longer be read keeps its last good form, for a slip of the hand must not open the door, and finds it again in its
/// status after a restart; what is wrong with it is in <see cref="ErrorsOf"/>.
/// </summary>
/// <param name="keys">What tells whether the operator wrote a form into the status of a policy: anybody else's is not used.</param>
internal sealed class PolicySet(SealKeys keys)
{
    private const int LongestForm = 256 * 1024;

    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, (RiskPolicy Policy, string Mark, string? Form)> _good = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ImmutableArray<FieldError>> _errors = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, DateTimeOffset> _created = new(StringComparer.Ordinal);
    private volatile Snapshot _current = new([], []);

    /// <summary>The policies, by name.</summary>
    public ImmutableArray<RiskPolicy> All => _current.Policies;

    /// <summary>Each policy's name with the hash of its form, in the same order: what verdicts were computed with.</summary>
    public ImmutableArray<string> Marks => _current.Marks;

    /// <summary>Policies and marks of one moment.</summary>
    public (ImmutableArray<RiskPolicy> Policies, ImmutableArray<string> Marks) AllMarked => _current is var now ? (now.Policies, now.Marks) : default;

    /// <summary>All rules, by policy and name.</summary>
    public FrozenDictionary<(string Policy, string Rule), RiskRule> Rules => _current.Rules;

    /// <summary>The mark of a policy that is in force.</summary>
    public string MarkOf(string name) =>
        _current.ByName.GetValueOrDefault(name, name);

    /// <summary>When a policy was made; null where there is none.</summary>
    public DateTimeOffset? CreatedOf(string name) => _created.TryGetValue(name, out var created) ? created : null;

    /// <summary>Takes over a policy; null where it is gone. True where what is in force has changed.</summary>
    public bool Set(string name, RiskPolicyResource? resource)
    {
        lock (_gate)
        {
            var before = _current.Marks;
            _errors.Remove(name);
            if (resource is null)
            {
                _good.Remove(name);
                _created.TryRemove(name, out _);
            }
            else
            {
                _created[name] = resource.Metadata.CreationTimestamp ?? default;
                var reading = RiskPolicyCompiler.Compile(name, resource.Spec);
                if (reading.Policy is { } policy)
                {
                    _good[name] = Entry(policy, resource.Spec!);
                }
                else
                {
                    _errors[name] = reading.Errors;
                    if (!_good.ContainsKey(name) && LastGood(name, resource.Status) is { } kept)
                    {
                        _good[name] = kept;
                    }
                }
            }

            _current = new Snapshot([.. _good.Values.Select(entry => entry.Policy)], [.. _good.Values.Select(entry => entry.Mark)]);
            return !before.AsSpan().SequenceEqual(_current.Marks.AsSpan());
        }
    }

    /// <summary>What is wrong with a policy as it is stored.</summary>
    public ImmutableArray<FieldError> ErrorsOf(string name)
    {
        lock (_gate)
        {
            return _errors.GetValueOrDefault(name, []);
        }
    }

    /// <summary>The form of a policy that is in force, to be kept in its status; null where there is none or it is too long.</summary>
    public string? FormOf(string name)
    {
        lock (_gate)
        {
            return _good.TryGetValue(name, out var entry) ? entry.Form : null;
        }
    }

    /// <summary>True where a form of the policy is in force.</summary>
    public bool IsInForce(string name)
    {
        lock (_gate)
        {
            return _good.ContainsKey(name);
        }
    }

    /// <summary>The seal of a policy's form; null where there are no keys.</summary>
    public string? SealOf(string name, string form) => keys.Of(FormParts(name, form));

    private static IEnumerable<string> FormParts(string name, string form) => ["ossruntime.io/policy/1", name, form];

    private static (RiskPolicy Policy, string Mark, string? Form) Entry(RiskPolicy policy, RiskPolicySpec spec)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(new RiskPolicyResource { Spec = spec }, ResourceJson.Default.RiskPolicyResource);
        var form = JsonSerializer.Serialize(spec, ResourceJson.Default.RiskPolicySpec);
        return (policy, $"{policy.Name}@{Convert.ToHexStringLower(SHA256.HashData(bytes))[..12]}", form.Length <= LongestForm ? form : null);
    }

    private (RiskPolicy Policy, string Mark, string? Form)? LastGood(string name, PolicyStatus? status)
    {
        try
        {
            return status?.LastGoodForm is { } form && keys.Open(status.LastGoodSeal, FormParts(name, form)) && JsonSerializer.Deserialize(form, ResourceJson.Default.RiskPolicySpec) is { } spec && RiskPolicyCompiler.Compile(name, spec).Policy is { } policy
                ? Entry(policy, spec)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record Snapshot(ImmutableArray<RiskPolicy> Policies, ImmutableArray<string> Marks)
    {
        public FrozenDictionary<string, string> ByName { get; } =
            Policies.Zip(Marks).ToFrozenDictionary(pair => pair.First.Name, pair => pair.Second, StringComparer.Ordinal);

        public FrozenDictionary<(string Policy, string Rule), RiskRule> Rules { get; } =
            Policies.SelectMany(policy => policy.Rules.Select(rule => (policy.Name, Rule: rule))).ToFrozenDictionary(pair => (pair.Name, pair.Rule.Name), pair => pair.Rule);
    }
}
