package app

import java.sql.DriverManager
import java.util.concurrent.CountDownLatch
import java.util.concurrent.Executors
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineName
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.GlobalScope
import kotlinx.coroutines.asCoroutineDispatcher
import kotlinx.coroutines.asExecutor
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.collect
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.flowOn
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.supervisorScope
import kotlinx.coroutines.sync.Semaphore
import kotlinx.coroutines.sync.withPermit
import kotlinx.coroutines.withContext
import kotlinx.coroutines.withTimeoutOrNull

/** SQL in coroutines behind the JDK's server; each way of getting there is a scenario. */
object CoroutinesApp {
  private const val URL = "jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1"
  private val pool = Executors.newFixedThreadPool(3)
  private val dispatcher = pool.asCoroutineDispatcher()
  private val asked = Channel<CompletableDeferred<Int>>()
  private val permits = Semaphore(2)

  @JvmStatic
  fun main(args: Array<String>) {
    DriverManager.getConnection(URL).use { connection ->
      connection.createStatement().use { statement ->
        statement.execute("CREATE ALIAS PAUSE FOR \"java.lang.Thread.sleep(long)\"")
        statement.execute("CREATE TABLE orders (id INT)")
        statement.execute("CREATE TABLE item (order_id INT)")
        for (id in 1..20) statement.execute("INSERT INTO orders VALUES ($id)")
        for (id in 1..20) statement.execute("INSERT INTO item VALUES ($id)")
      }
    }
    // Of no request, whoever asks it.
    GlobalScope.launch { for (answer in asked) answer.complete(query(0)) }
    Web(16)
        .on("/context") { scenario -> "" + runBlocking { run(scenario) } }
        .on("/late") { late() }
        .on("/poll") { poll() }
        .on("/sequential") { "" + runBlocking { sequential() } }
        .on("/parallel") { "" + runBlocking { parallel() } }
        .on("/lambda") { "" + runBlocking(dispatcher) { inLambda() } }
        .start()
  }

  private suspend fun run(scenario: String): Int =
      when (scenario) {
        "nothing" -> coroutineScope { delay(1); 0 }
        "launch" -> coroutineScope {
          repeat(3) { launch(Dispatchers.Default) { suspended(it) } }
          6
        }
        "async" -> coroutineScope {
          (1..5).map { async(Dispatchers.IO) { query(it) } }.awaitAll()
          5
        }
        "with_context" -> {
          withContext(Dispatchers.IO) { suspended(1) }
          withContext(Dispatchers.Default) { suspended(2) }
          query(3)
          5
        }
        "unconfined" -> {
          withContext(Dispatchers.Unconfined) { suspended(1) }
          2
        }
        "executor" -> {
          withContext(dispatcher) { suspended(1) }
          query(2)
          3
        }
        "undispatched" -> coroutineScope {
          launch(Dispatchers.IO, CoroutineStart.UNDISPATCHED) { suspended(1) }
          query(2)
          3
        }
        "lazy" -> coroutineScope {
          val late = async(Dispatchers.IO, CoroutineStart.LAZY) { suspended(1) }
          late.await()
          2
        }
        "supervisor" -> supervisorScope {
          launch(Dispatchers.IO) { suspended(1) }
          async(Dispatchers.IO) { suspended(2); error("failed") }
          4
        }
        "timeout" -> {
          withTimeoutOrNull(500) {
            withContext(Dispatchers.IO) { query(1) }
            delay(5_000)
          }
          query(2)
          2
        }
        "cancel" -> coroutineScope {
          val started = CountDownLatch(1)
          val job = launch(Dispatchers.IO) {
            try {
              started.countDown()
              delay(5_000)
            } finally {
              query(1)
            }
          }
          withContext(Dispatchers.IO) { started.await() }
          job.cancel()
          job.join()
          query(2)
          2
        }
        "flow" -> {
          flow {
                repeat(3) {
                  emit(query(it))
                  delay(1)
                }
              }
              .map { suspended(it) }
              .flowOn(Dispatchers.IO)
              .collect { suspended(it) }
          15
        }
        "named_flow" -> {
          flow {
                delay(1)
                emit(query(1))
                delay(1)
                emit(query(2))
              }
              .flowOn(CoroutineName("upstream"))
              .collect { suspended(it) }
          6
        }
        "semaphore" -> coroutineScope {
          repeat(6) { launch(Dispatchers.Default) { permits.withPermit { suspended(it) } } }
          12
        }
        "task" -> {
          val done = CountDownLatch(1)
          Dispatchers.IO.asExecutor().execute {
            query(1)
            done.countDown()
          }
          withContext(Dispatchers.IO) { done.await() }
          1
        }
        "outside" -> {
          val answer = CompletableDeferred<Int>()
          asked.send(answer)
          answer.await()
          0
        }
        else -> throw IllegalArgumentException(scenario)
      }

  /** Two queries, and what lies between them is a suspension. */
  private suspend fun suspended(id: Int): Int {
    query(id)
    delay(2)
    return query(id)
  }

  private fun late(): String {
    GlobalScope.launch {
      delay(300)
      query(1)
      withContext(Dispatchers.IO) { query(2) }
    }
    return "the answer comes first"
  }

  private fun poll(): String {
    GlobalScope.launch {
      repeat(8) {
        delay(600)
        query(it)
      }
    }
    return "polls on"
  }

  private suspend fun sequential(): Int {
    var found = 0
    for (id in orders()) found += load(id)
    return found
  }

  private suspend fun parallel(): Int = coroutineScope {
    orders().map { id -> async(Dispatchers.IO) { items(id) } }.awaitAll().sum()
  }

  private suspend fun load(id: Int): Int {
    delay(1)
    return withContext(Dispatchers.IO) {
      DriverManager.getConnection(URL).use { connection ->
        connection.prepareStatement("SELECT order_id FROM item WHERE order_id = ?").use {
          it.setInt(1, id)
          val rows = it.executeQuery() // <- load
          if (rows.next()) 1 else 0
        }
      }
    }
  }

  private suspend fun items(id: Int): Int {
    delay(1)
    DriverManager.getConnection(URL).use { connection ->
      connection.prepareStatement("SELECT order_id, PAUSE(20) FROM item WHERE order_id = ?").use {
        it.setInt(1, id)
        val rows = it.executeQuery() // <- items
        return if (rows.next()) 1 else 0
      }
    }
  }

  private suspend fun CoroutineScope.inLambda(): Int {
    val found =
        orders().map { id ->
          async {
            delay(1)
            DriverManager.getConnection(URL).use { connection ->
              val statement =
                  connection.prepareStatement("SELECT order_id FROM item WHERE order_id = ?")
              statement.setInt(1, id)
              val rows = statement.executeQuery() // <- lambda
              if (rows.next()) 1 else 0
            }
          }
        }
    return found.awaitAll().sum()
  }

  private fun orders(): List<Int> =
      DriverManager.getConnection(URL).use { connection ->
        connection.createStatement().use {
          val rows = it.executeQuery("SELECT id FROM orders") // <- orders
          val ids = mutableListOf<Int>()
          while (rows.next()) ids.add(rows.getInt(1))
          ids
        }
      }

  private fun query(id: Int): Int =
      DriverManager.getConnection(URL).use { connection ->
        connection.prepareStatement("SELECT id FROM orders WHERE id = ?").use {
          it.setInt(1, id)
          it.executeQuery().next()
          id
        }
      }
}
