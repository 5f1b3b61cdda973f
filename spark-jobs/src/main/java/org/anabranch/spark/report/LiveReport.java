package org.anabranch.spark.report;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.anabranch.train.RunFolder;
import org.jspecify.annotations.Nullable;

/**
 * The report of a run while it goes on, for a browser on this machine. It listens on the loopback
 * address only, answers GET only, and only below a path of 128 random bits; the Host header must be
 * its own address, so that no page of another site can reach it under a name that it makes point
 * here. It reads the run's folder when it is asked, and does nothing otherwise.
 */
public final class LiveReport implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";
  private static final Pattern FROM = Pattern.compile("from=(\\d{1,9})");
  private static final byte[] NOTHING = new byte[0];

  private final RunFolder folder;
  private final String token;
  private final @Nullable HttpServer server;
  private final @Nullable ExecutorService thread;

  private LiveReport(
      RunFolder folder,
      String token,
      @Nullable HttpServer server,
      @Nullable ExecutorService thread) {
    this.folder = folder;
    this.token = token;
    this.server = server;
    this.thread = thread;
  }

  /**
   * Serves the report of a folder until it is closed.
   *
   * @param port 0 for any that is free; empty to serve nothing
   * @throws IOException if the port cannot be had
   */
  public static LiveReport of(RunFolder folder, OptionalInt port) throws IOException {
    if (port.isEmpty()) {
      return new LiveReport(folder, "", null, null);
    }
    byte[] random = new byte[16];
    new SecureRandom().nextBytes(random);
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    HttpServer server = HttpServer.create(new InetSocketAddress(loopback, port.getAsInt()), 0);
    ExecutorService thread = Executors.newSingleThreadExecutor(LiveReport::daemon);
    LiveReport report = new LiveReport(folder, HexFormat.of().formatHex(random), server, thread);
    server.setExecutor(thread);
    server.createContext("/", report::answer);
    server.start();
    return report;
  }

  /** What to open in a browser; empty if nothing is served. */
  public Optional<URI> address() {
    return server == null
        ? Optional.empty()
        : Optional.of(URI.create("http://%s/%s/".formatted(host(server), token)));
  }

  @Override
  public void close() {
    if (server != null && thread != null) {
      server.stop(0);
      thread.shutdownNow();
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "anabranch-report");
    thread.setDaemon(true);
    return thread;
  }

  private static String host(HttpServer server) {
    return LOOPBACK + ":" + server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String host = server == null ? "" : host(server);
      if (!List.of(host).equals(exchange.getRequestHeaders().get("Host"))) {
        send(exchange, 421, "text/plain", NOTHING);
      } else if (!exchange.getRequestMethod().equals("GET")) {
        exchange.getResponseHeaders().set("Allow", "GET");
        send(exchange, 405, "text/plain", NOTHING);
      } else {
        answer(exchange, exchange.getRequestURI());
      }
    }
  }

  private void answer(HttpExchange exchange, URI asked) throws IOException {
    String[] parts = String.valueOf(asked.getRawPath()).split("/", 3);
    if (parts.length < 3 || !isToken(parts[1])) {
      send(exchange, 404, "text/plain", NOTHING);
    } else if (parts[2].isEmpty()) {
      String page = ReportPage.live(RunData.of(folder).content().put("live", true));
      send(exchange, 200, "text/html", page.getBytes(StandardCharsets.UTF_8));
    } else if (parts[2].equals("run.json")) {
      Matcher from = FROM.matcher(String.valueOf(asked.getRawQuery()));
      int line = from.matches() ? Integer.parseInt(from.group(1)) : 0;
      String data = RunData.after(folder, line).content().toString();
      send(exchange, 200, "application/json", data.getBytes(StandardCharsets.UTF_8));
    } else {
      send(exchange, 404, "text/plain", NOTHING);
    }
  }

  /** Takes the same time for every wrong text of the same length. */
  private boolean isToken(String text) {
    return MessageDigest.isEqual(
        token.getBytes(StandardCharsets.UTF_8), text.getBytes(StandardCharsets.UTF_8));
  }

  private static void send(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Type", type + "; charset=utf-8");
    headers.set("Cache-Control", "no-store");
    headers.set("Content-Security-Policy", "frame-ancestors 'none'");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("X-Content-Type-Options", "nosniff");
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
  }
}
