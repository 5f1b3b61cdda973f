package org.anabranch.spark.job;

import static org.anabranch.spark.job.Malformed.checkpoint;
import static org.anabranch.spark.job.Malformed.safetensors;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.anabranch.model.node.NeuralOdeClassifier;
import org.anabranch.train.Checkpoint;
import org.anabranch.train.Checkpoints;
import org.anabranch.train.LocalFolder;
import org.anabranch.train.Safetensors;
import org.anabranch.train.Tensor;

/** Files of parameters, checkpoints and models that cannot be used. */
final class MalformedTensors {
  private static final String GOOD =
      "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}";

  private MalformedTensors() {}

  static Stream<Malformed> all() {
    return Stream.of(tensors(), checkpoints(), models()).flatMap(cases -> cases);
  }

  private static Stream<Malformed> tensors() {
    byte[] valid = validTensors();
    return Stream.of(
        tensor("empty", new byte[0], "0 bytes", "Fetch"),
        tensor("values that are missing", file(GOOD, 0), "truncated", "Fetch"),
        tensor("a vast header", vast(), "18446744073709551615", "fetch"),
        tensor("half a file", Arrays.copyOf(valid, valid.length - 1), "truncated", "Fetch"),
        tensor("more than described", Arrays.copyOf(valid, valid.length + 3), "only", "fetch"),
        tensor("no JSON", file("{nothing}", 8), "JSON", "fetch"),
        tensor("a list", file("[1,2]   ", 8), "'{'", "fetch"),
        tensor("an unknown type", file(GOOD.replace("F32", "BF16"), 8), "'BF16'", "Save it"),
        tensor("a wrong shape", file(GOOD.replace("[2]", "[3]"), 8), "[3]", "fetch"),
        tensor("a negative size", file(GOOD.replace("[2]", "[-2]"), 8), "-2", "fetch"),
        tensor("a gap", file(GOOD.replace("[0,8]", "[4,12]"), 12), "byte 4", "fetch"),
        tensor(
            "offsets that overflow",
            file(GOOD.replace("8]", "1e99]"), 8),
            "data_offsets of 'a'",
            "fetch"),
        tensor("an unknown key", file(GOOD.replace("dtype", "kind"), 8), "'kind'", "fetch"),
        tensor("one name twice", file(GOOD.replace("}}", "},\"a\":{}}"), 8), "'a'", "fetch"));
  }

  private static Stream<Malformed> checkpoints() {
    byte[] valid = validCheckpoint();
    byte[] flipped = valid.clone();
    flipped[flipped.length - 1] ^= 1;
    byte[] half = Arrays.copyOf(valid, valid.length / 2);
    return Stream.of(
        checkpoint("half", half, "checkpoint-000000007", "truncated", "Restore"),
        checkpoint("one bit", flipped, "checkpoint-000000007", "SHA-256", "restore a copy"),
        checkpoint("empty", new byte[0], "checkpoint-000000007", "0 bytes", "Restore"),
        checkpoint("others", validTensors(), "checkpoint-000000007", "no checkpoint", "Move it"),
        new Malformed(
            "checkpoint: of another run",
            (folder, spark) -> {
              LocalFolder run = LocalFolder.open(folder.resolve("run"));
              run.write("checkpoint-000000007.safetensors", valid);
              new Checkpoints(run).latest("another", warning -> {});
            },
            "checkpoint-000000007",
            "'mine'",
            "Resume with the configuration"));
  }

  private static Stream<Malformed> models() {
    return Stream.of(
        model("{", "end-of-input", "Use the file that training wrote"),
        model("{\"format\":\"onnx\"}", "'onnx'", "Use the file"),
        model(
            "{\"format\":\"anabranch-model\",\"version\":9}",
            "version is '9'",
            "Use the file that this version"));
  }

  private static Malformed tensor(String name, byte[] file, String value, String remedy) {
    return safetensors(name, file, "p.safetensors", value, remedy);
  }

  private static Malformed model(String json, String value, String remedy) {
    return new Malformed(
        "model: " + json,
        (folder, spark) -> NeuralOdeClassifier.parse(json),
        "model.json",
        value,
        remedy);
  }

  static byte[] validTensors() {
    Map<String, Tensor> tensors =
        Map.of(
            "a", Tensor.ofDoubles(List.of(2, 2), new double[] {1, 2, 3, 4}),
            "b", Tensor.ofFloats(List.of(3), new float[] {5, 6, 7}));
    return new Safetensors(tensors, Map.of("format", "test")).toBytes();
  }

  static byte[] validCheckpoint() {
    try {
      Path folder = Files.createTempDirectory("anabranch-checkpoint");
      LocalFolder run = LocalFolder.open(folder);
      Map<String, String> metadata = Map.of(Checkpoint.FINGERPRINT, "mine");
      new Checkpoints(run)
          .save(Checkpoint.of(7, Map.of("parameters", new double[] {1, 2, 3}), metadata));
      byte[] file = run.read("checkpoint-000000007.safetensors");
      run.delete("checkpoint-000000007.safetensors");
      Files.delete(folder);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] file(String header, int values) {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer file = ByteBuffer.allocate(8 + text.length + values).order(ByteOrder.LITTLE_ENDIAN);
    return file.putLong(text.length).put(text).array();
  }

  private static byte[] vast() {
    byte[] file = validTensors();
    Arrays.fill(file, 0, 8, (byte) -1);
    return file;
  }
}
