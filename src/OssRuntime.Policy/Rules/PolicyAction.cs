namespace OssRuntime.Policy.Rules;

/// <summary>What a violation does at admission, mildest first.</summary>
public enum PolicyAction
{
    /// <summary>It is reported.</summary>
    Audit,

    /// <summary>It is let in with a warning to the user.</summary>
    Warn,

    /// <summary>It is not let in.</summary>
    Deny,
}
