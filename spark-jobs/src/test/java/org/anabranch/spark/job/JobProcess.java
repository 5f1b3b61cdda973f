package org.anabranch.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * {@code anabranch train conf/digits.conf} in a process of its own, which can be killed.
 *
 * @param out the folder of the run
 */
record JobProcess(Process process, Path out, Path log) {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
  private static final JsonMapper JSON = new JsonMapper();

  record Ended(int code, String output) {}

  /** With the run's name as its folder. */
  static JobProcess start(Path folder, String name, List<String> arguments) throws IOException {
    return start(folder, name, ROOT.resolve("conf/digits.conf"), List.of(), arguments);
  }

  /** With a configuration and options of Java. */
  static JobProcess start(
      Path folder, String name, Path configuration, List<String> options, List<String> arguments)
      throws IOException {
    String classPath = System.getProperty("java.class.path");
    return start(folder, name, classPath, configuration, options, arguments);
  }

  /** With another class path than this process has. */
  static JobProcess start(
      Path folder,
      String name,
      String classPath,
      Path configuration,
      List<String> options,
      List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx1g", "--add-modules=jdk.incubator.vector"));
    command.addAll(options);
    command.addAll(List.of("-cp", classPath, Main.class.getName()));
    command.addAll(List.of("train", configuration.toString()));
    command.addAll(List.of("--out", folder.resolve(name).toString()));
    command.addAll(arguments);
    File log = folder.resolve(name + "-" + System.nanoTime() + ".log").toFile();
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    Process process = builder.redirectOutput(log).directory(folder.toFile()).start();
    return new JobProcess(process, folder.resolve(name), log.toPath());
  }

  Ended await() throws Exception {
    assertThat(process.waitFor(180, TimeUnit.SECONDS)).isTrue();
    return new Ended(process.exitValue(), output());
  }

  void awaitRounds(int rounds) throws Exception {
    Path metrics = out.resolve("metrics.jsonl");
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    while (!Files.exists(metrics) || Files.readAllLines(metrics).size() < rounds) {
      if (!process.isAlive() || System.nanoTime() > end) {
        throw new AssertionError(output());
      }
      Thread.sleep(5);
    }
  }

  private String output() throws IOException {
    return Files.readString(log, StandardCharsets.UTF_8);
  }

  /** Kills an executor of local-cluster: master and workers there are threads of the driver. */
  void killAnExecutor() {
    process
        .children()
        .findFirst()
        .orElseThrow(() -> new AssertionError("no executor"))
        .destroyForcibly();
  }

  static JsonNode summary(Path out) throws IOException {
    return JSON.readTree(out.resolve("summary.json").toFile());
  }
}
