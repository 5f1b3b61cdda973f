package org.anabranch.bench;

import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The outlines of a drawing in relative coordinates of a tenth: two thirds of the bytes that
 * absolute ones take, most of which is text.
 */
final class SvgPath {
  private static final Pattern DATA = Pattern.compile("(?<=<path d=\")[^\"]*");
  private static final Pattern TOKEN = Pattern.compile("([MLQCZ])|(-?[\\d.]+),(-?[\\d.]+)");

  private final StringBuilder shorter = new StringBuilder();
  private long x;
  private long y;
  private long startX;
  private long startY;

  /** The last point read, which the next command starts from. */
  private long lastX;

  private long lastY;
  private boolean begins;

  private SvgPath() {}

  /** All outlines of a file. */
  static String shortened(String svg) {
    return DATA.matcher(svg).replaceAll(match -> new SvgPath().shorten(match));
  }

  private String shorten(MatchResult absolute) {
    Matcher tokens = TOKEN.matcher(absolute.group());
    int points = 0;
    int each = 0;
    while (tokens.find()) {
      if (tokens.group(1) != null) {
        each = command(tokens.group(1));
        points = 0;
        continue;
      }
      point(tenths(tokens.group(2)), tenths(tokens.group(3)));
      points++;
      if (points % each == 0) {
        x = lastX;
        y = lastY;
      }
    }
    return shorter.toString();
  }

  /** Writes a command; gives the points that it takes. */
  private int command(String letter) {
    shorter.append(letter.toLowerCase(Locale.ROOT));
    begins = letter.equals("M");
    if (letter.equals("Z")) {
      x = startX;
      y = startY;
    }
    return switch (letter) {
      case "Q" -> 2;
      case "C" -> 3;
      default -> 1;
    };
  }

  private void point(long toX, long toY) {
    append(toX - x);
    append(toY - y);
    lastX = toX;
    lastY = toY;
    if (begins) {
      startX = toX;
      startY = toY;
      begins = false;
    }
  }

  private static long tenths(String number) {
    return Math.round(10 * Double.parseDouble(number));
  }

  /** A sign or a letter before it parts a number from the last one. */
  private void append(long tenths) {
    boolean follows = Character.isDigit(shorter.charAt(shorter.length() - 1));
    if (tenths < 0) {
      shorter.append('-');
    } else if (follows) {
      shorter.append(' ');
    }
    long whole = Math.abs(tenths) / 10;
    long part = Math.abs(tenths) % 10;
    if (whole > 0 || part == 0) {
      shorter.append(whole);
    }
    if (part > 0) {
      shorter.append('.').append(part);
    }
  }
}
