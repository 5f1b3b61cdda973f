package org.anabranch.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our files against a reader and writer of the format that share no code with ours. */
class SafetensorsInPythonTest {
  private static final String SCRIPT = "safetensors_by_specification.py";

  private static final double[] DOUBLES = {
    0.1, -0.0, Double.MIN_VALUE, -Double.MAX_VALUE, Double.POSITIVE_INFINITY, 1 / 3.0
  };
  private static final float[] FLOATS = {0.1f, -1e-42f, Float.MAX_VALUE};
  private static final long[] LONGS = {Long.MIN_VALUE, -1, 0, Long.MAX_VALUE};

  @TempDir Path folder;
  private Path script;

  @BeforeAll
  static void findPython() {
    assumeTrue(hasPython(), "skipped: there is no python3 on the PATH to read the files with");
  }

  @BeforeEach
  void unpackTheScript() throws IOException {
    script = folder.resolve(SCRIPT);
    try (InputStream text = SafetensorsInPythonTest.class.getResourceAsStream(SCRIPT)) {
      Files.copy(text, script);
    }
  }

  @Test
  void pythonReadsWhatWeWrite() throws Exception {
    Path file = Files.write(folder.resolve("ours.safetensors"), content().toBytes());
    JsonNode described = new JsonMapper().readTree(python("describe", file.toString()));
    assertThat(described.path("metadata").path("key „x“").asText()).isEqualTo("value\n\"\\");
    JsonNode tensors = described.path("tensors");
    assertThat(tensors.size()).isEqualTo(5);
    assertThat(tensors.path("a.doubles").path(1).toString()).isEqualTo("[2,3]");
    assertThat(texts(tensors, "a.doubles").stream().map(SafetensorsInPythonTest::number))
        .containsExactly(Arrays.stream(DOUBLES).boxed().toArray(Double[]::new));
    assertThat(texts(tensors, "floats").stream().map(text -> number(text).floatValue()))
        .containsExactly(FLOATS[0], FLOATS[1], FLOATS[2]);
    assertThat(texts(tensors, "longs").stream().map(Long::valueOf))
        .containsExactly(LONGS[0], LONGS[1], LONGS[2], LONGS[3]);
    assertThat(texts(tensors, "empty")).isEmpty();
    assertThat(tensors.path("scalar").path(1)).isEmpty();
    assertThat(texts(tensors, "scalar")).hasSize(1);
  }

  @Test
  void weReadWhatPythonWrites() throws Exception {
    Path ours = Files.write(folder.resolve("ours.safetensors"), content().toBytes());
    Path its = folder.resolve("its.safetensors");
    python("rewrite", ours.toString(), its.toString());
    byte[] bytes = Files.readAllBytes(its);
    assertThat(bytes).as("another layout").isNotEqualTo(content().toBytes());
    Safetensors read = Safetensors.read(bytes, its.toString());
    assertThat(read.metadata()).isEqualTo(content().metadata());
    assertThat(read.tensors()).containsOnlyKeys(content().tensors().keySet());
    assertThat(read.toBytes()).isEqualTo(content().toBytes());
  }

  private static Safetensors content() {
    Map<String, Tensor> tensors = new TreeMap<>();
    tensors.put("a.doubles", Tensor.ofDoubles(List.of(2, 3), DOUBLES));
    tensors.put("floats", Tensor.ofFloats(List.of(3), FLOATS));
    tensors.put("longs", Tensor.ofLongs(List.of(4, 1), LONGS));
    tensors.put("empty", Tensor.ofFloats(List.of(0, 5), new float[0]));
    tensors.put("scalar", Tensor.ofDoubles(List.of(), new double[] {-2.5}));
    return new Safetensors(tensors, Map.of("key „x“", "value\n\"\\"));
  }

  private static List<String> texts(JsonNode tensors, String name) {
    List<String> texts = new ArrayList<>();
    tensors.path(name).path(2).forEach(value -> texts.add(value.asText()));
    return texts;
  }

  private static Double number(String hexadecimal) {
    return hexadecimal.equals("inf")
        ? Double.valueOf(Double.POSITIVE_INFINITY)
        : Double.valueOf(hexadecimal);
  }

  private String python(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("python3", "-X", "utf8", script.toString()));
    command.addAll(List.of(arguments));
    Path output = folder.resolve("output.txt");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    String said = Files.readString(output, StandardCharsets.UTF_8);
    assertThat(process.exitValue()).as(said).isZero();
    return said;
  }

  private static boolean hasPython() {
    try {
      Process process =
          new ProcessBuilder("python3", "--version")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
