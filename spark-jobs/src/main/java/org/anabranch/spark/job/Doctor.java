package org.anabranch.spark.job;

import java.io.PrintWriter;
import java.util.List;
import org.anabranch.spark.job.Finding.Verdict;

/** Looks at the machine and says what was found, what it means, and what to do. */
record Doctor(List<Probe> probes) {
  private static final int INDENT = 6;

  Doctor {
    probes = List.copyOf(probes);
  }

  static Doctor ofProcess() {
    return new Doctor(
        List.of(
            JavaProbe.ofProcess(),
            KernelProbe.ofProcess(),
            MachineProbe.ofProcess(),
            LibraryProbe.ofProcess(),
            FolderProbe.ofProcess(),
            FileSystemProbe.ofProcess(),
            GpuProbe.ofProcess()));
  }

  /**
   * Writes everything that was found.
   *
   * @return an {@link ExitCode}: a failure if something keeps a run from starting
   */
  int examine(PrintWriter out) {
    int slow = 0;
    int blocking = 0;
    for (Probe probe : probes) {
      for (Finding finding : probe.look()) {
        write(out, probe.subject(), finding);
        slow += finding.verdict() == Verdict.SLOW ? 1 : 0;
        blocking += finding.verdict() == Verdict.BLOCKS ? 1 : 0;
      }
    }
    out.println();
    out.println(conclusion(slow, blocking));
    out.flush();
    return blocking > 0 ? ExitCode.FAILURE : ExitCode.OK;
  }

  private static void write(PrintWriter out, String subject, Finding finding) {
    out.println(pad(finding.verdict().word()) + subject + ": " + finding.found());
    out.println(pad("") + finding.meaning());
    if (!finding.remedy().isEmpty()) {
      out.println(pad("") + "-> " + finding.remedy());
    }
  }

  private static String conclusion(int slow, int blocking) {
    if (blocking > 0) {
      return "Training cannot start: see STOP above.";
    }
    return slow > 0
        ? "Training works, slower than it could: see slow above."
        : "Training works: try anabranch train conf/digits.conf.";
  }

  private static String pad(String word) {
    return word + " ".repeat(INDENT - word.length());
  }
}
