package org.anabranch.spark.job;

/** Where Java starts: see {@link Anabranch} for the commands. */
public final class Main {
  private static final int OLDEST_JAVA = 17;

  private Main() {}

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    int java = Runtime.version().feature();
    if (java < OLDEST_JAVA) {
      System.err.println(tooOld(java));
      System.exit(ExitCode.MISTAKE);
    }
    int code = Anabranch.commandLine(training()).execute(arguments);
    System.out.flush();
    System.err.flush();
    System.exit(code);
  }

  static String tooOld(int java) {
    return "Java %d is too old; Anabranch needs %d or newer. Set JAVA_HOME to such a JDK."
        .formatted(java, OLDEST_JAVA);
  }

  private static TrainingRun training() {
    return new TrainJob(System.out, Terminal.ofProcess());
  }
}
