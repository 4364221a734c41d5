using Downloader;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the downloader's services.</summary>
public static class DownloaderServiceCollectionExtensions
{
    /// <summary>Adds an <see cref="IDownloader"/>, and the <see cref="IClientSource"/> that it uses, whose clients come from
    /// <see cref="IHttpClientFactory"/>.</summary>
    /// <param name="services">The services to add it to.</param>
    /// <param name="configure">Sets the options; they are checked when the services are first resolved
    /// (<see cref="OptionsValidationException"/>).</param>
    /// <returns>The builder of the factory's client "Downloader", for handlers of your own.</returns>
    public static IHttpClientBuilder AddDownloader(this IServiceCollection services, Action<DownloaderOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<DownloaderOptions>();
        if (configure is not null) services.Configure(configure);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<DownloaderOptions>, Validator>());
        services.TryAddSingleton<IClientSource, HttpClientFactoryClientSource>();
        services.TryAddSingleton<IDownloader, ConcurrentDownloader>();
        return services.AddHttpClient(HttpClientFactoryClientSource.ClientName)
            .ConfigurePrimaryHttpMessageHandler(provider =>
                DownloadHandlerFactory.Create(provider.GetRequiredService<IOptions<DownloaderOptions>>().Value))
            // The factory replaces handlers to notice DNS changes; PooledConnectionLifetime does that for each connection.
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            // Four log lines a request are too many for thousands of requests; each result holds what happened.
            .RemoveAllLoggers();
    }

    /// <summary>Retries failed downloads, bodies included: see <see cref="DownloadResilience"/>.</summary>
    /// <param name="builder">The builder that <see cref="AddDownloader"/> returned.</param>
    /// <param name="configure">Sets the options.</param>
    /// <exception cref="ArgumentException">An option is out of its range; the message names the option, its value and the
    /// range.</exception>
    public static IHttpClientBuilder AddDownloadResilience(
        this IHttpClientBuilder builder, Action<DownloadResilienceOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var options = new DownloadResilienceOptions();
        configure?.Invoke(options);
        var pipeline = DownloadResilience.Create(options);
        builder.Services.Configure<DownloaderOptions>(downloader => downloader.Resilience = pipeline);
        return builder;
    }

    private sealed class Validator : IValidateOptions<DownloaderOptions>
    {
        public ValidateOptionsResult Validate(string? name, DownloaderOptions options) =>
            options.FindError() is { } error ? ValidateOptionsResult.Fail(error) : ValidateOptionsResult.Success;
    }
}
