package org.anabranch.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/** Runs the main method of a class in another Java process and kills that process. */
final class KilledProcess {
  private KilledProcess() {}

  /**
   * Starts the program with a folder as its argument, waits until it has made progress and so many
   * milliseconds more, and kills it (SIGKILL on Unix).
   *
   * @throws AssertionError with what the program wrote, if it ends by itself
   */
  static void run(Class<?> program, Path folder, Callable<Boolean> progress, long milliseconds)
      throws Exception {
    Path output = Files.createTempFile("killed", ".txt");
    Process process = start(program, folder, output);
    try {
      while (!progress.call()) {
        requireAlive(process, output);
        Thread.sleep(1);
      }
      Thread.sleep(milliseconds);
      requireAlive(process, output);
    } finally {
      process.destroyForcibly().waitFor();
      Files.delete(output);
    }
  }

  private static Process start(Class<?> program, Path folder, Path output) throws IOException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    return new ProcessBuilder(
            java.toString(),
            "-Xmx256m",
            "-cp",
            System.getProperty("java.class.path"),
            program.getName(),
            folder.toString())
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
  }

  private static void requireAlive(Process process, Path output) throws IOException {
    if (!process.isAlive()) {
      throw new AssertionError("the process ended by itself: " + Files.readString(output));
    }
  }
}
