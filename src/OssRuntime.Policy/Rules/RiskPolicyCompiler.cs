using System.Collections.Immutable;
using OssRuntime.Model.Coverage;
using OssRuntime.Model.Findings;
using OssRuntime.Model.Lifecycles;
using OssRuntime.Policy.Priorities;

namespace OssRuntime.Policy.Rules;

/// <summary>Makes a policy of what is written, or says of each field what is wrong with it.</summary>
public static class RiskPolicyCompiler
{
    private const int MostRules = 100;
    private const int MostPatterns = 10_000;

    /// <summary>Reads the spec of a policy.</summary>
    public static PolicyReading Compile(string name, RiskPolicySpec? spec)
    {
        var errors = new FieldErrors();
        if (spec is null)
        {
            errors.Add("spec", "is required");
            return new PolicyReading(null, errors.All);
        }

        var action = errors.Word("spec.action", spec.Action, PolicyAction.Audit);
        var policy = new RiskPolicy
        {
            Name = name,
            Selector = SelectorOf(spec.Selector ?? new PolicySelectorSpec(), errors),
            UnknownImages = errors.Word("spec.unknownImages", spec.UnknownImages, PolicyAction.Warn),
            RunningGrace = spec.RunningGrace ?? true,
            WithoutDigest = spec.RequireDigest == true ? action : null,
            MaximumExceptionDays = errors.Number("spec.maximumExceptionDays", spec.MaximumExceptionDays, 1, 3650),
            Rules = RulesOf(spec.Rules, action, errors),
        };
        return errors.All.IsEmpty ? new PolicyReading(policy, []) : new PolicyReading(null, errors.All);
    }

    private static PolicySelectorSpec SelectorOf(PolicySelectorSpec selector, FieldErrors errors)
    {
        for (var i = 0; i < Sane(selector.NamespaceLabels).Length; i++)
        {
            if (selector.NamespaceLabels[i].IndexOf('=', StringComparison.Ordinal) <= 0)
            {
                errors.Add($"spec.selector.namespaceLabels[{i}]", "must be key=value");
            }
        }

        return new PolicySelectorSpec
        {
            Namespaces = Sane(selector.Namespaces),
            ExcludedNamespaces = Sane(selector.ExcludedNamespaces),
            NamespaceLabels = Sane(selector.NamespaceLabels),
            Images = Sane(selector.Images),
        };
    }

    private static ImmutableArray<RiskRule> RulesOf(ImmutableArray<RiskRuleSpec> specs, PolicyAction action, FieldErrors errors)
    {
        var rules = ImmutableArray.CreateBuilder<RiskRule>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        if (!specs.IsDefault && specs.Length > MostRules)
        {
            errors.Add("spec.rules", $"has {specs.Length} rules, at most {MostRules} are allowed");
            return [];
        }

        for (var i = 0; i < (specs.IsDefault ? 0 : specs.Length); i++)
        {
            var path = $"spec.rules[{i}]";
            if (specs[i] is not { } spec)
            {
                errors.Add(path, "is null");
                continue;
            }

            if (spec.Name is not { Length: > 0 and <= 63 })
            {
                errors.Add($"{path}.name", "is required, 63 characters at most");
            }
            else if (!names.Add(spec.Name))
            {
                errors.Add($"{path}.name", $"there is another rule '{spec.Name}'");
            }

            rules.Add(RuleOf(path, spec, action, errors));
        }

        return rules.DrainToImmutable();
    }

    private static RiskRule RuleOf(string path, RiskRuleSpec spec, PolicyAction action, FieldErrors errors)
    {
        var rule = new RiskRule
        {
            Name = spec.Name ?? "",
            Subject = SubjectOf(path, spec, errors),
            Action = errors.Word($"{path}.action", spec.Action, action),
            ReportSeverity = ReportSeverityOf(path, spec, action, errors),
            Message = spec.Message,
            Priority = errors.WordOrNull<Priority>($"{path}.priority", spec.Priority),
            Exposure = errors.WordOrNull<ExposureLevel>($"{path}.exposure", spec.Exposure),
            Severity = errors.WordOrNull<Severity>($"{path}.severity", spec.Severity),
            KnownExploited = spec.KnownExploited,
            EpssPercent = errors.Number($"{path}.epssPercent", spec.EpssPercent, 0, 100),
            Malicious = spec.Malicious,
            Fixable = spec.Fixable,
            FixableForDays = errors.Number($"{path}.fixableForDays", spec.FixableForDays, 1, 3650),
            Advisories = Sane(spec.Advisories),
            EndOfLifeWithinDays = errors.Number($"{path}.endOfLifeWithinDays", spec.EndOfLifeWithinDays, 0, 3650) ?? (spec.EndOfLife == true ? 0 : null),
            LifecycleStates = [.. Sane(spec.LifecycleStates).Select((word, i) => errors.Word($"{path}.lifecycleStates[{i}]", word, LifecycleState.Unknown))],
            Denied = Patterns($"{path}.deniedPackages", spec.DeniedPackages, errors),
            Vetted = Patterns($"{path}.vettedPackages", spec.VettedPackages, errors),
            Ecosystems = Sane(spec.Ecosystems),
            Reserved = Patterns($"{path}.reservedPackages", spec.ReservedPackages, errors),
            Origins = Sane(spec.Origins),
            Licenses = Sane(spec.Licenses),
            AllowedLicenses = Sane(spec.AllowedLicenses),
            MinimumAgeDays = errors.Number($"{path}.minimumAgeDays", spec.MinimumAgeDays, 1, 3650),
            UnverifiedInventory = spec.UnverifiedInventory == true,
            InventoryOlderThanDays = errors.Number($"{path}.inventoryOlderThanDays", spec.InventoryOlderThanDays, 1, 3650),
            Unchecked = UncheckedOf($"{path}.unchecked", spec.Unchecked, errors),
            DatabaseOlderThanDays = errors.Days($"{path}.databaseOlderThan", spec.DatabaseOlderThan),
        };
        Contradictions(path, spec, rule, errors);
        return rule;
    }

    private static UncheckedRule? UncheckedOf(string path, UncheckedRuleSpec? spec, FieldErrors errors) => spec is null
        ? null
        : new UncheckedRule(
            [.. spec.Reasons.Select((word, i) => errors.Word($"{path}.reasons[{i}]", word, UncheckedReason.NoDatabase))],
            errors.Number($"{path}.atLeast", spec.AtLeast, 1, int.MaxValue),
            errors.Number($"{path}.atLeastPercent", spec.AtLeastPercent, 1, 100));

    private static Severity ReportSeverityOf(string path, RiskRuleSpec spec, PolicyAction action, FieldErrors errors)
    {
        if (errors.WordOrNull<Severity>($"{path}.reportSeverity", spec.ReportSeverity) is { } given)
        {
            if (given is not (Severity.Low or Severity.Medium or Severity.High or Severity.Critical))
            {
                errors.Add($"{path}.reportSeverity", $"'{given}' is invalid, use one of Low, Medium, High, Critical");
            }

            return given;
        }

        return (Enum.TryParse<PolicyAction>(spec.Action, out var own) ? own : action) switch
        {
            PolicyAction.Deny => Severity.High,
            PolicyAction.Warn => Severity.Medium,
            _ => Severity.Low,
        };
    }

    private static void Contradictions(string path, RiskRuleSpec spec, RiskRule rule, FieldErrors errors)
    {
        if (spec.Malicious == true && rule.Severity is not null)
        {
            errors.Add($"{path}.severity", "cannot be used with malicious: true, because malicious packages have a severity of their own");
        }

        if (spec.Fixable == false && spec.FixableForDays is not null)
        {
            errors.Add($"{path}.fixableForDays", "cannot be used with fixable: false, because it counts the days since a fix is known");
        }

        if (spec.Malicious == false && rule.Severity == Severity.Malicious)
        {
            errors.Add($"{path}.severity", "cannot be Malicious with malicious: false, because only malicious packages have this severity");
        }

        if (spec.EndOfLife == false)
        {
            errors.Add($"{path}.endOfLife", "must be true or left out");
        }

        if (spec.UnverifiedInventory == false)
        {
            errors.Add($"{path}.unverifiedInventory", "must be true or left out");
        }

        if (rule.Reserved.IsEmpty != rule.Origins.IsEmpty)
        {
            errors.Add($"{path}.{(rule.Origins.IsEmpty ? "origins" : "reservedPackages")}", "is required: reserved packages and origins go together");
        }

        if (rule.Vetted.IsEmpty && rule.MinimumAgeDays is null && !rule.Ecosystems.IsEmpty)
        {
            errors.Add($"{path}.vettedPackages", "is required with ecosystems, unless minimumAgeDays is given");
        }
    }

    private static RuleSubject SubjectOf(string path, RiskRuleSpec spec, FieldErrors errors)
    {
        var subjects = new List<RuleSubject>();
        Has(RuleSubject.Finding, spec.Priority ?? spec.Severity ?? spec.Exposure ?? (object?)spec.KnownExploited ?? spec.EpssPercent ?? (object?)spec.Malicious ?? spec.Fixable ?? (object?)spec.FixableForDays, spec.Advisories);
        Has(RuleSubject.Lifecycle, spec.EndOfLife ?? (object?)spec.EndOfLifeWithinDays, spec.LifecycleStates);
        Has(
            RuleSubject.Package,
            spec.MinimumAgeDays,
            [.. Sane(spec.DeniedPackages), .. Sane(spec.VettedPackages), .. Sane(spec.ReservedPackages), .. Sane(spec.Licenses), .. Sane(spec.AllowedLicenses)]);
        Has(RuleSubject.Inventory, spec.UnverifiedInventory ?? (object?)spec.InventoryOlderThanDays, []);
        Has(RuleSubject.Coverage, spec.Unchecked ?? (object?)spec.DatabaseOlderThan, []);
        if (subjects.Count != 1)
        {
            errors.Add(path, subjects.Count == 0 ? "has no condition" : $"mixes conditions on {string.Join(" and ", subjects.Select(subject => subject.ToString().ToLowerInvariant()))}: make it two rules");
        }

        return subjects.FirstOrDefault();

        void Has(RuleSubject subject, object? condition, ImmutableArray<string> list)
        {
            if (condition is not null || !Sane(list).IsEmpty)
            {
                subjects.Add(subject);
            }
        }
    }

    private static ImmutableArray<PackagePattern> Patterns(string path, ImmutableArray<string> texts, FieldErrors errors)
    {
        var patterns = ImmutableArray.CreateBuilder<PackagePattern>();
        if (Sane(texts).Length > MostPatterns)
        {
            errors.Add(path, $"has more than {MostPatterns} entries");
            return [];
        }

        for (var i = 0; i < Sane(texts).Length; i++)
        {
            if (PackagePattern.TryParse(texts[i], out var pattern, out var error))
            {
                patterns.Add(pattern!);
            }
            else
            {
                errors.Add($"{path}[{i}]", error!);
            }
        }

        return patterns.DrainToImmutable();
    }

    private static ImmutableArray<string> Sane(ImmutableArray<string> list) => list.IsDefault ? [] : list;
}
