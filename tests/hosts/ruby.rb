require 'sqlite3'

def ask(db, path)
  File.foreach(path) do |question|
    db.execute(question) { |row| puts row[0] }
  rescue SQLite3::Exception => error
    puts error.message
  end
end

connections = []
2.times do
  db = SQLite3::Database.new('shop.db')
  connections << db
  ask(db, 'before.sql')
  2.times do
    db.enable_load_extension(true); db.load_extension('./kefu')
  end
  ask(db, 'questions.sql')
end
