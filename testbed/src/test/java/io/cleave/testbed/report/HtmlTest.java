package io.cleave.testbed.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HtmlTest {
  @Test
  void escapesAllThatCouldBecomeMarkup() {
    assertThat(Html.escape("<b a=\"x\" b='y'>&"))
        .isEqualTo("&lt;b a=&quot;x&quot; b=&#39;y&#39;&gt;&amp;");
  }

  @Test
  void jsonCannotCloseItsScript() {
    assertThat(Html.script("{\"a\":\"</script><!--\"}")).doesNotContain("<");
  }
}
