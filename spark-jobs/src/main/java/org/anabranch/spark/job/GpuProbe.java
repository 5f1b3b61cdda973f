package org.anabranch.spark.job;

import java.io.IOException;
import java.nio.charset.Charset;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * GPUs, as the vendor's program sees them.
 *
 * @param command prints a line for each
 */
record GpuProbe(List<String> command) implements Probe {
  private static final int SECONDS = 5;
  private static final String UNUSED =
      "Training uses the processor's cores; GPUs are not used yet.";

  static GpuProbe ofProcess() {
    return new GpuProbe(
        List.of(
            "nvidia-smi", "--query-gpu=name,memory.total,driver_version", "--format=csv,noheader"));
  }

  @Override
  public String subject() {
    return "GPUs";
  }

  @Override
  public List<Finding> look() {
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      return List.of(Finding.fine("none (%s is not installed)".formatted(command.get(0)), UNUSED));
    }
    try {
      // Its few lines fit into the pipe, so that it can end before they are read.
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        return failed("it gave no answer within %d seconds".formatted(SECONDS));
      }
      String output = new String(process.getInputStream().readAllBytes(), Charset.defaultCharset());
      return process.exitValue() == 0
          ? seen(output)
          : failed(output.strip().lines().findFirst().orElse("it says nothing"));
    } catch (IOException e) {
      return failed(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return failed("it was interrupted");
    } finally {
      process.destroyForcibly();
    }
  }

  private static List<Finding> seen(String output) {
    List<String> devices = output.lines().filter(line -> !line.isBlank()).toList();
    return devices.isEmpty()
        ? List.of(Finding.fine("none", UNUSED))
        : devices.stream().map(device -> Finding.fine(device.strip(), UNUSED)).toList();
  }

  private List<Finding> failed(String why) {
    return List.of(
        Finding.fine(
            "%s fails: %s".formatted(command.get(0), why),
            UNUSED,
            "For other programs: check the driver."));
  }
}
