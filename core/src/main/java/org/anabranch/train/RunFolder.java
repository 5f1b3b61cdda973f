package org.anabranch.train;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The one folder that a run writes to: small whole files, and logs of lines. Has no folders inside.
 * One process writes at a time. Names are those that {@link #checked} accepts; every method throws
 * an {@link IllegalArgumentException} for others, and an {@link IOException} that names the file
 * where the file system fails.
 */
public interface RunFolder {
  /** What marks a file that is still being written; no name contains it. */
  String TEMPORARY = ".tmp-";

  /**
   * Writes a file as a whole. Whoever reads it, even after the process or the machine was stopped,
   * finds the old content or the new one, never a part.
   */
  void write(String name, byte[] content) throws IOException;

  /** The content of a file, which must exist. */
  byte[] read(String name) throws IOException;

  boolean exists(String name) throws IOException;

  /** The names that start with a prefix, ascending; no file that is still being written. */
  List<String> list(String prefix) throws IOException;

  /** Deletes a file; does nothing if there is none. */
  void delete(String name) throws IOException;

  /**
   * Adds a line and its end to a file, which is made if there is none. A process that is stopped
   * meanwhile may leave a part of the line: see {@link #retainLines}.
   *
   * @param line without line ends
   */
  void append(String name, String line) throws IOException;

  /** Adds lines in this order, in one go where the file system can. */
  default void append(String name, List<String> lines) throws IOException {
    for (String line : lines) {
      append(name, line);
    }
  }

  /** The folder, as a user would write it. */
  String location();

  /**
   * Keeps those whole lines of a file for which the test holds and drops the others, as well as a
   * last line without an end. A run that resumes drops the lines of rounds that it will do again.
   * Does nothing if there is no such file.
   */
  default void retainLines(String name, Predicate<String> keep) throws IOException {
    if (!exists(name)) {
      return;
    }
    String before = new String(read(name), StandardCharsets.UTF_8);
    StringBuilder after = new StringBuilder();
    int start = 0;
    for (int end = before.indexOf('\n'); end >= 0; end = before.indexOf('\n', start)) {
      String line = before.substring(start, end);
      if (keep.test(line)) {
        after.append(line).append('\n');
      }
      start = end + 1;
    }
    if (after.length() < before.length()) {
      write(name, after.toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  /**
   * The name itself, if it is one of a file in a run's folder: letters, digits, dot, hyphen and
   * underscore, not starting with a dot.
   *
   * @throws IllegalArgumentException otherwise
   */
  static String checked(String name) {
    if (!Pattern.matches("[A-Za-z0-9_-][A-Za-z0-9._-]*", name) || name.contains(TEMPORARY)) {
      throw new IllegalArgumentException(
          ("RunFolder: '%s' is no name of a file in a run's folder. Use letters, digits, '-', '_' and"
                  + " '.', without folders.")
              .formatted(name));
    }
    return name;
  }

  /**
   * The line itself, if it has no line end.
   *
   * @throws IllegalArgumentException otherwise
   */
  static String checkedLine(String line) {
    if (line.indexOf('\n') >= 0 || line.indexOf('\r') >= 0) {
      throw new IllegalArgumentException(
          "RunFolder: a line to append has a line end inside: '%s'. Append its lines one by one."
              .formatted(line));
    }
    return line;
  }
}
