namespace OssRuntime.Operator.Composition;

/// <summary>A part of the operator that can be put in or left out: a folder with one installer.</summary>
internal interface IOperatorFeature
{
    /// <summary>Makes what the feature consists of and hands its controllers to the builder.</summary>
    void Install(OperatorBuilder builder);
}
