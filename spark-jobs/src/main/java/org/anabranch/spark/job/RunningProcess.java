package org.anabranch.spark.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The process that writes to a folder, so that a second one keeps out. Known on one machine only:
 * of a process elsewhere nothing can be said.
 *
 * @param started tells a process from a later one of the same number
 */
record RunningProcess(String host, long number, String started) {
  static RunningProcess current() {
    return of(ProcessHandle.current());
  }

  private static RunningProcess of(ProcessHandle process) {
    return new RunningProcess(
        hostName(), process.pid(), process.info().startInstant().map(Instant::toString).orElse(""));
  }

  /** The one that a summary names; one that never was if it names none. */
  static RunningProcess of(Map<String, Object> summary) {
    if ("running".equals(summary.get("status"))
        && summary.get("process") instanceof Map<?, ?> process
        && process.get("number") instanceof Number number) {
      return new RunningProcess(
          String.valueOf(process.get("host")),
          number.longValue(),
          String.valueOf(process.get("started")));
    }
    return new RunningProcess("", -1, "");
  }

  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("host", host);
    map.put("number", number);
    map.put("started", started);
    return map;
  }

  /**
   * Refuses a folder that this process writes to.
   *
   * @throws Mistake if it is another process of this machine, and alive
   */
  void requireEnded(String out) {
    boolean alive =
        !equals(current())
            && ProcessHandle.of(number).map(handle -> equals(of(handle))).orElse(false);
    if (alive) {
      throw new Mistake(
          "%s: process %d is training there now. Wait for it, end it, or give --out another folder."
              .formatted(out, number));
    }
  }

  /** Linux says it without asking the network, which can take seconds. */
  private static String hostName() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (IOException e) {
      return String.valueOf(System.getenv("HOSTNAME"));
    }
  }
}
