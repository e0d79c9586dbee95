package io.cleave.controller;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cleave.policies.onnx.Zoo;
import io.cleave.policies.wire.FrameReport;
import io.cleave.policies.wire.Stamp;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The dashboard as people see it: a booted controller, a broker, and a real browser. */
@QuarkusTest
@QuarkusTestResource(Broker.class)
class DashboardTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Tests share the controller: each has agents of its own. */
  private static final AtomicInteger TESTS = new AtomicInteger();

  private final int test = TESTS.incrementAndGet();
  private final String eye = "eye-" + test;
  private final String other = "other-" + test;
  private final String desk = "desk-" + test;
  private int reports;
  private Browser browser;
  private SitePort site;

  @BeforeEach
  void openTheDashboard() throws InterruptedException {
    browser = Browser.assume();
    site = SitePort.ofController();
    site.say(Agents.server(desk, 1));
    for (String device : List.of(eye, other)) {
      site.say(Agents.device(device, 1));
      await().atMost(PATIENCE).until(() -> get("/api/agents/" + device).statusCode() == 200);
      await().atMost(PATIENCE).until(() -> get("/api/agents/" + device).path("trouble") == null);
    }
    report(20);
    site.plan(other, decision -> decision.servers().contains(desk));
    browser.resize(1440, 1000);
    browser.theme("light");
    visit("");
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
  void showsTheCutAndWhyAndWhatChanged() throws IOException {
    visit("#/agent/" + eye);
    shown("#detail .plan", desk);
    assertThat(text("#state")).isEqualTo("live");
    assertThat(text("#totals")).contains("lost");
    assertThat(text("#rows")).contains(eye, other, desk);
    assertThat(find(".net svg").getAttribute("aria-label"))
        .contains("layers of zoo:alexnet", "on " + desk);
    assertThat(text(".bars")).contains("local", "all on " + desk);
    assertThat(text("#detail")).contains("The plan changes below");
    assertThat(text("#log")).contains(eye, other);
    await("link and latency are drawn")
        .atMost(PATIENCE)
        .until(
            () -> {
              report(20);
              return count("#detail .uplot canvas") >= 2;
            });
    browser.photograph("light");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void showsWhereFramesLeaveAndHowManyAreRight() throws IOException {
    byte[] model = Zoo.SMALL_EXITS.model(test).toByteArray();
    String sha256 = Hashes.sha256(model);
    post(Answered.of(sha256), "/" + sha256 + "/answers");
    post(model, "");
    String sorter = "sorter-" + test;
    site.say(Agents.device(sorter, 1, "parcels.onnx", sha256));
    visit("#/agent/" + sorter);
    FrameReport.Answers told = new FrameReport.Answers(List.of(30L, 10L), 40, 37);
    await("flags in the drawing")
        .atMost(PATIENCE)
        .until(
            () -> {
              site.say(Agents.report(desk, 1, reports));
              site.say(Agents.answered(sorter, new Stamp(1, reports++), desk, told));
              return count(".net .flag") == 2;
            });
    shown("#detail .title", "left at exit 1: 75 %, 2: 25 %");
    shown("#detail .title", "92.5 % right of 40 labelled frames"); // 37 / 40
    assertThat(find(".net .flag[data-exit='2'] title").getAttribute("textContent"))
        .startsWith("exit 2: every frame that is left leaves");
    browser.photograph("exits");
    assertThat(browser.complaints()).isEmpty();
  }

  private static void post(byte[] content, String place) {
    given()
        .contentType("application/octet-stream")
        .body(content)
        .post("/api/models" + place)
        .then()
        .statusCode(201);
  }

  @Test
  void drawsWhoMakesWhichTile() throws IOException {
    follow("deepthings{grid=2x3}");
    try {
      visit("#/agent/" + eye);
      await("a map of tiles")
          .atMost(PATIENCE)
          .until(
              () -> {
                report(90);
                return count(".tiles .tile") == 6;
              });
      assertThat(count(".tiles .tile[data-node='" + desk + "']")).isPositive();
      assertThat(find(".tiles .tile title").getAttribute("textContent")).contains("rows 0 to ");
      assertThat(text("#detail .tiles")).contains("whoever is free");
      assertThat(text("#detail .who")).contains("D device", "1 " + desk);
      browser.photograph("tiles");
      assertThat(browser.complaints()).isEmpty();
    } finally {
      follow("cleave");
    }
  }

  @Test
  void saysWhatTheLearnedPlannerKnowsBetter() throws IOException {
    follow("learned");
    try {
      visit("#/agent/" + eye);
      await("an explanation")
          .atMost(PATIENCE)
          .until(
              () -> {
                report(20);
                return count("#detail p.learned") > 0;
              });
      assertThat(text("#detail p.learned")).contains("by what was learned; most for");
      shown("#detail .curve", "in worlds it had not seen");
      assertThat(count("#detail .curve svg polyline")).isEqualTo(1);
      shown("#totals", "guarded");
      browser.photograph("learned");
      assertThat(browser.complaints()).isEmpty();
    } finally {
      follow("cleave");
    }
  }

  private static void follow(String planner) {
    given()
        .contentType("application/json")
        .body("{\"planner\":\"" + planner + "\"}")
        .put("/api/planner")
        .then()
        .statusCode(200);
  }

  @Test
  void followsTheFleetWithoutBeingAsked() {
    visit("#/agent/" + eye);
    shown("#detail .plan", desk);
    report(0.01);
    shown("#detail .plan", "all on the device");
    site.say(Agents.device("new-" + test, 1));
    shown("#rows", "new-" + test);
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void isWalkedThroughByKeyboard() {
    visit("#/agent/" + eye);
    shown("#detail .title", eye);
    find("#rows").sendKeys(Keys.HOME);
    await().atMost(PATIENCE).ignoreExceptions().until(() -> !selected().equals(eye));
    String first = selected();
    find("#rows").sendKeys(Keys.ARROW_DOWN);
    await().atMost(PATIENCE).ignoreExceptions().until(() -> !selected().equals(first));
    String second = selected();
    assertThat(browser.driver().getCurrentUrl()).endsWith("#/agent/" + second);
    browser.driver().navigate().refresh(); // the address is the view
    shown("#detail .title", second);
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void switchesTheMethod() {
    await().atMost(PATIENCE).until(() -> count("#planner option") > 5);
    choose("local");
    await().atMost(PATIENCE).until(() -> get("/api/site").path("planner").equals("local"));
    shown("#said", "local");
    choose("cleave");
    await().atMost(PATIENCE).until(() -> get("/api/site").path("planner").equals("cleave"));
  }

  @Test
  void fitsAPhoneAndTheDark() throws IOException {
    String bright = background();
    browser.theme("dark");
    browser.resize(390, 844);
    visit("#/agent/" + other);
    shown("#detail .plan", desk);
    assertThat(background()).isNotEqualTo(bright);
    Object width =
        Objects.requireNonNull(
            browser.driver().executeScript("return document.scrollingElement.scrollWidth"));
    assertThat(((Number) width).intValue()).as("nothing sticks out").isLessThanOrEqualTo(390);
    browser.photograph("dark-narrow");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void saysSoIfAnAgentOrTheControllerIsNotThere() {
    visit("#/agent/nobody");
    shown("#detail", "There is no agent nobody");
    browser.driver().executeScript("fetch = () => Promise.reject(new TypeError('nobody'))");
    browser.driver().executeScript("location.hash = '#/agent/%s'".formatted(eye));
    shown("#detail", "The controller does not answer, so " + eye);
  }

  /** Twenty reports of everybody, with the link at such a rate. */
  private void report(double uplinkMbps) {
    for (int end = reports + 20; reports < end; reports++) {
      site.say(Agents.report(desk, 1, reports));
      site.say(Agents.report(eye, new Stamp(1, reports), desk, uplinkMbps, 0));
      site.say(Agents.report(other, new Stamp(1, reports), desk, uplinkMbps, 0));
    }
  }

  private void visit(String place) {
    browser.driver().get("http://localhost:" + RestAssured.port + "/" + place);
  }

  private WebElement find(String selector) {
    return browser.driver().findElement(By.cssSelector(selector));
  }

  private void choose(String method) {
    browser
        .driver()
        .findElement(By.xpath("//select[@id='planner']/option[.='%s']".formatted(method)))
        .click();
  }

  /** In one step: rows are replaced while somebody looks at them. */
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

  private String selected() {
    return said("document.querySelector('#rows [aria-selected=true]').dataset.name");
  }

  private String background() {
    return find("body").getCssValue("background-color");
  }
}
