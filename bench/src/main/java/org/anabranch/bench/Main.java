package org.anabranch.bench;

/** Where {@code anabranch bench} starts: see {@link BenchCommand} for what it can measure. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(BenchCommand.commandLine().execute(arguments));
  }
}
