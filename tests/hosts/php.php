<?php
function ask($db, $path) {
    foreach (file($path) as $question) {
        try {
            $answers = $db->query($question);
            while ($row = $answers->fetchArray()) {
                echo $row[0], "\n";
            }
        } catch (Exception $error) {
            echo $error->getMessage(), "\n";
        }
    }
}

$connections = [];
foreach ([1, 2] as $connection) {
    $db = new SQLite3('shop.db');
    $db->enableExceptions(true);
    $connections[] = $db;
    ask($db, 'before.sql');
    $db->loadExtension('kefu.so');
    $db->loadExtension('kefu.so');
    ask($db, 'questions.sql');
}
