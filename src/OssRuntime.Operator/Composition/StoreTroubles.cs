using Microsoft.Extensions.Logging;
using OssRuntime.Inventory.Store;

namespace OssRuntime.Operator.Composition;

/// <summary>Logs what goes wrong in the inventory store.</summary>
internal sealed partial class StoreTroubles(ILoggerFactory loggers) : IStoreObserver
{
    private readonly ILogger _logger = loggers.CreateLogger<StoreTroubles>();

    public void Troubled(string trouble) => Log.Trouble(_logger, trouble);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "{Trouble}")]
        public static partial void Trouble(ILogger logger, string trouble);
    }
}
