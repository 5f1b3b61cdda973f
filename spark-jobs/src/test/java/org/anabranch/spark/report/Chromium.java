package org.anabranch.spark.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A browser without a window, driven over its own debugging protocol: no driver is needed. */
final class Chromium implements AutoCloseable {
  private static final long SECONDS = 120;
  private static final JsonMapper JSON = new JsonMapper();

  private final Process process;
  private final WebSocket socket;
  private final AtomicInteger numbers = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
  private final List<JsonNode> events = new CopyOnWriteArrayList<>();

  private Chromium(Process process, URI page) {
    this.process = process;
    this.socket = HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(page, ears()).join();
    for (String domain : List.of("Page", "Network", "Runtime", "Log", "Accessibility")) {
      send(domain + ".enable", Map.of());
    }
  }

  /** The first of the usual names that is on the path. */
  static Optional<Path> installed() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
        .flatMap(
            folder ->
                Stream.of("chromium", "chromium-browser", "google-chrome")
                    .map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  static Chromium start(Path program, Path profile) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                program.toString(),
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--force-color-profile=srgb",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    BufferedReader said = process.errorReader();
    String line = said.readLine();
    while (line != null && !line.startsWith("DevTools listening on ")) {
      line = said.readLine();
    }
    if (line == null) {
      throw new IOException(program + " ended before it could be driven");
    }
    Thread drain = new Thread(() -> said.lines().forEach(ignored -> {}), "chromium-log");
    drain.setDaemon(true);
    drain.start();
    int port = URI.create(line.substring(line.indexOf("ws://"))).getPort();
    return new Chromium(process, page(port));
  }

  private static URI page(int port) throws IOException, InterruptedException {
    HttpRequest list =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/list")).build();
    HttpClient client = HttpClient.newHttpClient();
    while (true) {
      String targets = client.send(list, HttpResponse.BodyHandlers.ofString()).body();
      for (JsonNode target : JSON.readTree(targets)) {
        if (target.path("type").asText().equals("page")) {
          return URI.create(target.path("webSocketDebuggerUrl").asText());
        }
      }
      Thread.sleep(50);
    }
  }

  /** Opens a page in a viewport and waits until it is drawn. */
  void open(URI address, int width, int height, String scheme) throws Exception {
    send(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 500));
    send(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    send("Page.navigate", Map.of("url", "about:blank"));
    awaits("location.href === 'about:blank' && document.readyState === 'complete'");
    events.clear();
    send("Page.navigate", Map.of("url", address.toString()));
    awaits("location.href !== 'about:blank' && document.readyState === 'complete'");
    // Charts take their width in the frame after the one in which they are made.
    evaluate(
        "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 100))))");
  }

  /** Waits until an expression is true. */
  void awaits(String expression) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (!evaluate("Boolean(" + expression + ")").asBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("It never came true: " + expression);
      }
      Thread.sleep(50);
    }
  }

  /** The value of an expression, or of its promise. */
  JsonNode evaluate(String expression) {
    JsonNode answer =
        send(
            "Runtime.evaluate",
            Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
    if (answer.has("exceptionDetails")) {
      throw new AssertionError(expression + ": " + answer.path("exceptionDetails"));
    }
    return answer.path("result").path("value");
  }

  void press(String key) {
    int code = Map.of("Tab", 9, "Enter", 13, "ArrowRight", 39, "End", 35).getOrDefault(key, 0);
    for (String type : List.of("keyDown", "keyUp")) {
      Map<String, Object> event =
          type.equals("keyDown") && key.equals("Enter")
              ? Map.of("type", type, "key", key, "windowsVirtualKeyCode", code, "text", "\r")
              : Map.of("type", type, "key", key, "windowsVirtualKeyCode", code);
      send("Input.dispatchKeyEvent", event);
    }
  }

  /** The tree that a screen reader reads. */
  JsonNode accessibility() {
    return send("Accessibility.getFullAXTree", Map.of()).path("nodes");
  }

  /** A picture of the whole page, as PNG. */
  byte[] picture() throws IOException {
    return send("Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true))
        .path("data")
        .binaryValue();
  }

  /** What was asked of any place since the page was opened. */
  List<String> requests() {
    return events.stream()
        .filter(event -> event.path("method").asText().equals("Network.requestWillBeSent"))
        .map(event -> event.path("params").path("request").path("url").asText())
        .toList();
  }

  /** Exceptions, and what the page or the browser complained of in the console. */
  List<String> complaints() {
    return events.stream()
        .filter(
            event ->
                event.path("method").asText().equals("Runtime.exceptionThrown")
                    || event.path("method").asText().equals("Runtime.consoleAPICalled")
                    || event.path("method").asText().equals("Log.entryAdded"))
        .map(JsonNode::toString)
        .toList();
  }

  @Override
  public void close() {
    socket.abort();
    process.destroy();
    try {
      process.onExit().get(20, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      process.destroyForcibly();
    }
  }

  private JsonNode send(String method, Map<String, ?> parameters) {
    int number = numbers.incrementAndGet();
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    answers.put(number, answer);
    String text =
        JSON.valueToTree(Map.of("id", number, "method", method, "params", parameters)).toString();
    socket.sendText(text, true).join();
    JsonNode all = answer.orTimeout(SECONDS, TimeUnit.SECONDS).join();
    if (all.has("error")) {
      throw new AssertionError(method + ": " + all.path("error"));
    }
    return all.path("result");
  }

  private WebSocket.Listener ears() {
    return new WebSocket.Listener() {
      private final StringBuilder text = new StringBuilder();

      @Override
      public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
        text.append(part);
        if (last) {
          heard(text.toString());
          text.setLength(0);
        }
        from.request(1);
        return CompletableFuture.completedFuture(null);
      }
    };
  }

  private void heard(String text) {
    try {
      JsonNode message = JSON.readTree(text);
      CompletableFuture<JsonNode> answer = answers.remove(message.path("id").asInt());
      if (answer != null) {
        answer.complete(message);
      } else {
        events.add(message);
      }
    } catch (IOException e) {
      throw new AssertionError("the browser speaks JSON", e);
    }
  }
}
