#:sdk Microsoft.NET.Sdk.Web
#:property PublishAot=false

// A small server with a limit that its clients cannot see: at most so many requests at once do their work, the others wait.
//   dotnet run -c Release experiments/semaphore-server.cs -- --urls http://127.0.0.1:5090 --places 8 --ms 50
var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.ClearProviders();
using var places = new SemaphoreSlim(builder.Configuration.GetValue("places", 8));
var work = TimeSpan.FromMilliseconds(builder.Configuration.GetValue("ms", 50));
var app = builder.Build();
app.MapGet("/items", async (HttpContext context) =>
{
    await places.WaitAsync(context.RequestAborted);
    try
    {
        // Between 0.7 and 1.3 times the time: as work that depends on what is asked.
        await Task.Delay(work * (0.7 + (0.6 * Random.Shared.NextDouble())), context.RequestAborted);
    }
    finally
    {
        places.Release();
    }

    return Results.Text(new string('x', 2_000));
});
app.Run();
