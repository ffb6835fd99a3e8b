namespace OssRuntime.Operator.Knowledge;

/// <summary>What tells that a file is another one than before: it changes with the file, and where a link is turned to another one, as kubelets do it to mounted volumes.</summary>
internal static class FileStamp
{
    /// <summary>The stamp; one of a file that is not there, or that cannot be looked at, is a stamp too.</summary>
    public static string Of(string path)
    {
        try
        {
            var named = new FileInfo(path);
            var file = named.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? named;
            return $"{file.FullName} {file.LastWriteTimeUtc.Ticks} {(file.Exists ? file.Length : -1)}";
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return error.Message;
        }
    }
}
