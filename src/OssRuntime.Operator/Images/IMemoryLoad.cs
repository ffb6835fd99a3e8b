namespace OssRuntime.Operator.Images;

/// <summary>Knows how much of the memory that the process may have is used.</summary>
internal interface IMemoryLoad
{
    /// <summary>True where what is left should not be shared by two readings.</summary>
    bool IsHigh { get; }
}
