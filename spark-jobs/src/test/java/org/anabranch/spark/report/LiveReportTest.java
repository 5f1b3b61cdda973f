package org.anabranch.spark.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.anabranch.train.LocalFolder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveReportTest {
  @TempDir private Path path;
  private final HttpClient client = HttpClient.newHttpClient();
  private LocalFolder folder;
  private LiveReport live;
  private URI address;

  @BeforeEach
  void serves() throws IOException {
    folder = SampleRun.at(path);
    live = LiveReport.of(folder, OptionalInt.of(0));
    address = live.address().orElseThrow();
  }

  @AfterEach
  void stops() {
    live.close();
  }

  @Test
  void theAddressIsOnLoopbackAndHasATokenOf128Bits() throws IOException {
    assertThat(address.toString()).matches("http://127\\.0\\.0\\.1:\\d+/[0-9a-f]{32}/");
    try (LiveReport other = LiveReport.of(folder, OptionalInt.of(0))) {
      assertThat(other.address().orElseThrow().getPath()).isNotEqualTo(address.getPath());
    }
  }

  @Test
  void thePageIsServedBelowTheTokenAndNothingWithoutIt() throws Exception {
    HttpResponse<String> page = get("");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("connect-src 'self'", "\"live\":true");
    assertThat(page.headers().firstValue("Cache-Control")).hasValue("no-store");
    String wrong = address.getPath().replaceFirst("[0-9a-f]{31}/$", "");
    for (String place : new String[] {"/", "/favicon.ico", wrong, wrong + "/run.json"}) {
      URI elsewhere = URI.create("http://127.0.0.1:" + address.getPort() + place);
      HttpResponse<String> answer = send(HttpRequest.newBuilder(elsewhere).build());
      assertThat(answer.statusCode()).as(place).isEqualTo(404);
      assertThat(answer.body()).isEmpty();
    }
    assertThat(get("summary.json").statusCode()).isEqualTo(404);
    assertThat(get("../run.json").statusCode()).isEqualTo(404);
  }

  @Test
  void onlyLinesThatAreNewAreSent() throws Exception {
    JsonNode all = new JsonMapper().readTree(get("run.json").body());
    int lines = all.path("metricLines").asInt();
    assertThat(all.path("metrics")).hasSize(lines);
    folder.append(RunRecords.METRICS, SampleRun.round(41));
    JsonNode news = new JsonMapper().readTree(get("run.json?from=" + lines).body());
    assertThat(news.path("metricLines").asInt()).isEqualTo(lines + 1);
    assertThat(news.path("metrics")).hasSize(1);
    assertThat(news.path("metrics").get(0).path("round").asInt()).isEqualTo(41);
    JsonNode none = new JsonMapper().readTree(get("run.json?from=999999999").body());
    assertThat(none.path("metrics")).isEmpty();
  }

  @Test
  void onlyGetIsAnswered() throws Exception {
    for (String method : new String[] {"POST", "PUT", "DELETE", "OPTIONS"}) {
      HttpRequest request =
          HttpRequest.newBuilder(address)
              .method(method, HttpRequest.BodyPublishers.noBody())
              .build();
      assertThat(send(request).statusCode()).as(method).isEqualTo(405);
    }
  }

  @Test
  void anotherHostIsRefusedEvenWithTheToken() throws IOException {
    String own = "127.0.0.1:" + address.getPort();
    assertThat(statusWithHost(own)).contains("200");
    assertThat(statusWithHost("evil.example:" + address.getPort())).contains("421");
    assertThat(statusWithHost("localhost")).contains("421");
  }

  @Test
  void closedItAnswersNobodyAndServingNothingHasNoAddress() throws IOException {
    live.close();
    assertThatThrownBy(() -> get("")).isInstanceOf(ConnectException.class);
    try (LiveReport none = LiveReport.of(folder, OptionalInt.empty())) {
      assertThat(none.address()).isEmpty();
    }
  }

  @Test
  void aPortThatIsTakenIsAnError() {
    assertThatThrownBy(() -> LiveReport.of(folder, OptionalInt.of(address.getPort())))
        .isInstanceOf(BindException.class);
  }

  private HttpResponse<String> get(String place) throws Exception {
    return send(HttpRequest.newBuilder(URI.create(address + place)).build());
  }

  private HttpResponse<String> send(HttpRequest request) throws Exception {
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private String statusWithHost(String host) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), address.getPort())) {
      String request =
          "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
              .formatted(address.getPath(), host);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return answer.lines().findFirst().orElse("");
    }
  }
}
