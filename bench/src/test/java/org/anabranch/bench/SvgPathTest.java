package org.anabranch.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SvgPathTest {
  @Test
  void pointsAreCountedFromTheLastOne() {
    assertThat(
            SvgPath.shortened("<path d=\"M10,20 L11.5,20 Q12,20.5 12.3,21 Z\" style=\"fill:x\"/>"))
        .isEqualTo("<path d=\"m10 20l1.5 0q.5 .5 .8 1z\" style=\"fill:x\"/>");
  }

  @Test
  void anOutlineAfterAClosedOneIsCountedFromItsStart() {
    assertThat(SvgPath.shortened("<path d=\"M-1,-0 L3,0 Z M5,5 L4,4 C1,1 2,2 3,3.1\"/>"))
        .isEqualTo("<path d=\"m-1 0l4 0zm6 5l-1-1c-3-3-2-2-1-.9\"/>");
  }

  @Test
  void whatIsNoOutlineIsLeft() {
    String other = "<polyline points=\"1,2 3,4\"/><text>M1,2</text>";
    assertThat(SvgPath.shortened(other)).isEqualTo(other);
  }
}
