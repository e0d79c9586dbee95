package io.cleave.controller;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cleave.policies.wire.Stamp;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** What a plan costs besides time and what else could be had, as people see it. */
@QuarkusTest
@QuarkusTestResource(Broker.class)
class FrontDashboardTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String EYE = "front-eye";
  private static final String DESK = "front-desk";

  private Browser browser;
  private SitePort site;

  @BeforeEach
  void openTheDashboard() {
    browser = Browser.assume();
    site = SitePort.ofController();
    site.say(Agents.server(DESK, 1));
    site.say(Agents.device(EYE, 1));
    await().atMost(PATIENCE).until(() -> get("/api/agents/" + EYE).statusCode() == 200);
    await().atMost(PATIENCE).until(() -> get("/api/agents/" + EYE).path("trouble") == null);
    for (int report = 0; report < 20; report++) {
      site.say(Agents.report(DESK, 1, report));
      site.say(Agents.report(EYE, new Stamp(1, report), DESK, 20, 0));
    }
    await()
        .atMost(PATIENCE)
        .until(() -> get("/api/agents/%s/front".formatted(EYE)).statusCode() == 200);
    browser.theme("light");
    browser.resize(1440, 1400);
    browser.driver().get("http://localhost:%d/#/agent/%s".formatted(RestAssured.port, EYE));
  }

  @AfterEach
  void leave() {
    if (site != null) {
      site.close();
    }
    if (browser != null) {
      browser.close();
    }
  }

  @Test
  void plotsWhatElseCouldBeHad() throws IOException {
    shown(".front .chosen", "In force");
    shown(".front .who", "plans are not beaten");
    assertThat(count(".front .point.now")).isEqualTo(1);
    assertThat(count(".front .point")).isGreaterThan(2);
    assertThat(count(".front .point[tabindex=\"0\"]")).as("stops of the tabulator").isEqualTo(1);
    String mine = text(".front .chosen");
    assertThat(mine).contains("points lost", "of servers");
    browser.driver().executeScript("document.querySelector('.front .point.now').focus()");
    type(Keys.ARROW_RIGHT);
    type(Keys.ARROW_LEFT);
    type(Keys.ARROW_LEFT);
    await("another plan is described")
        .atMost(PATIENCE)
        .until(() -> !text(".front .chosen").equals(mine));
    for (String theme : List.of("light", "dark")) {
      browser.theme(theme);
      browser.driver().executeScript("document.querySelector('.front').scrollIntoView(false)");
      browser.photograph("front-" + theme);
    }
    browser.resize(390, 844);
    assertThat(Integer.parseInt(said("document.scrollingElement.scrollWidth")))
        .as("nothing sticks out")
        .isLessThanOrEqualTo(390);
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void saysWhatAPlanTakesAndWhatItsHedgeDoes() {
    shown(".bars", " J");
    shown("#detail .energy", "a frame, ");
    assertThat(text("#detail .energy")).containsPattern("[0-9] m?J of it hedging|none of it hedg");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void saysRoundsAndEightBits() {
    String made =
        "import('/dashboard/network.js').then(m => m.how({rounds: 5, precision: 'INT8'}))";
    assertThat(said(made)).isEqualTo(" in 5 rounds in eight bits");
    String view =
        """
        {decision: {entries: [{stages: [{node: 'device', layers: '1-3', rounds: 5, kind: 'PART',
         pieces: [{node: 'device', strips: [{axis: 2, from: 0, to: 8}]}]}]}]}}""";
    String tiled =
        "import('/dashboard/tiles.js').then(m => m.tiles(%s)[0].textContent)".formatted(view);
    assertThat(said(tiled)).contains("1 to 3, in 5 rounds");
  }

  private void type(Keys key) {
    browser.driver().switchTo().activeElement().sendKeys(key);
  }

  private String text(String selector) {
    return said("document.querySelector('%s').innerText".formatted(selector));
  }

  private String said(String expression) {
    return String.valueOf(browser.driver().executeScript("return " + expression));
  }

  private int count(String selector) {
    return browser.driver().findElements(By.cssSelector(selector)).size();
  }

  /** Waits until there is such a part and it says so. */
  private void shown(String selector, String words) {
    await("%s says \"%s\"".formatted(selector, words))
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> text(selector).contains(words));
  }
}
