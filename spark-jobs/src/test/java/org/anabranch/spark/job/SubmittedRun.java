package org.anabranch.spark.job;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/**
 * {@code submit/anabranch} in a process of its own, as a user types it, without a home directory.
 */
record SubmittedRun(Process process, Path log) {
  private static final long SECONDS = 240;

  static SubmittedRun start(Path root, Path folder, String name, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(root.resolve("submit/anabranch").toString());
    command.addAll(arguments);
    Path log = Files.createTempFile(folder, name + "-", ".log");
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(log.toFile()).directory(folder.toFile());
    builder.environment().remove("SPARK_HOME");
    builder.environment().put("HOME", "/nonexistent");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    builder.environment().put("ANABRANCH_JAVA_OPTS", "-Xmx1g -Duser.home=/nonexistent");
    return new SubmittedRun(builder.start(), log);
  }

  int await() throws InterruptedException, IOException {
    if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
      kill();
      throw new AssertionError("no end within %d s:%n%s".formatted(SECONDS, output()));
    }
    return process.exitValue();
  }

  void awaitThat(Callable<Boolean> reached) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (!reached.call()) {
      if (!process.isAlive() || System.nanoTime() > end) {
        kill();
        throw new AssertionError(output());
      }
      Thread.sleep(20);
    }
  }

  void kill() throws InterruptedException {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().waitFor();
  }

  String output() throws IOException {
    return Files.readString(log, StandardCharsets.UTF_8);
  }
}
