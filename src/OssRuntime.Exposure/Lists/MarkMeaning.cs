namespace OssRuntime.Exposure.Lists;

/// <summary>What an annotation says of a balancer.</summary>
internal enum MarkMeaning
{
    /// <summary>It has private addresses only.</summary>
    Internal,

    /// <summary>It has public addresses.</summary>
    External,

    /// <summary>The value lists who may connect.</summary>
    Sources,
}
