package org.anabranch.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SvgFileTest {
  @Test
  void piecesThatFollowOneAnotherBecomeOneLine() {
    assertThat(SvgFile.joined("<g>\n" + piece("a", 1, 2) + piece("a", 2, 3) + "</g>\n"))
        .isEqualTo("<g>\n  <polyline style=\"a\" points=\"1,10 2,20 3,30\"/>\n</g>\n");
  }

  @Test
  void piecesApartOrOfAnotherStyleStayApart() {
    String apart = SvgFile.joined(piece("a", 1, 2) + piece("a", 3, 4) + piece("b", 4, 5));
    assertThat(apart)
        .contains("\"1,10 2,20\"", "\"3,30 4,40\"", "style=\"b\" points=\"4,40 5,50\"");
  }

  @Test
  void whatStandsBetweenPiecesKeepsItsPlace() {
    String rectangle = "  <rect height=\"1\"/>\n";
    assertThat(SvgFile.joined(piece("a", 1, 2) + rectangle + piece("a", 2, 3)))
        .containsSubsequence("1,10 2,20", rectangle, "2,20 3,30");
  }

  /** From (x, 10x) to another such point. */
  private static String piece(String style, int from, int to) {
    return "  <line style=\"%s\" x1=\"%d\" x2=\"%d\" y1=\"%d\" y2=\"%d\"/>\n"
        .formatted(style, from, to, 10 * from, 10 * to);
  }
}
