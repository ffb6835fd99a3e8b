namespace OssRuntime.Operator.Admission;

/// <summary>Why an answer at admission is what it is.</summary>
internal enum AdmissionReason
{
    /// <summary>No rule is broken.</summary>
    Clean,

    /// <summary>The namespace, the kind or the change is not one that is judged.</summary>
    NotJudged,

    /// <summary>The images are those that were there before.</summary>
    Unchanged,

    /// <summary>Rules are broken whose action is Audit.</summary>
    Audited,

    /// <summary>Rules are broken whose action is Warn, or a workload will make pods that are denied.</summary>
    Warned,

    /// <summary>Rules are broken whose action is Deny, and the digest runs already.</summary>
    Grace,

    /// <summary>Nothing is known of an image yet.</summary>
    Unknown,

    /// <summary>An image is not named by its digest, and a policy that denies requires it.</summary>
    NoDigest,

    /// <summary>The object could not be read, or not all of it be looked at in time: policies say of it what they say of unknown images.</summary>
    Unjudged,

    /// <summary>Rules are broken whose action is Deny.</summary>
    Violation,

    /// <summary>A policy or an exception cannot be read.</summary>
    Invalid,

    /// <summary>An exception may not be requested or approved like this.</summary>
    NotApproved,

    /// <summary>A policy or an exception is as it should be.</summary>
    Accepted,

    /// <summary>The answer could not be found, by a fault of the operator's.</summary>
    Error,
}
