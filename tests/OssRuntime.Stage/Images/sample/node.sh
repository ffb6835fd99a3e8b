# Node.js with a few hundred packages, some of them old; two are removed again by a later layer.
from base
install nodejs
layer 'apt-get install nodejs'
npm_packages "$root/app" express@4.17.1 lodash@4.17.15 minimist@1.2.5 axios@0.21.1 ejs@3.1.6 handlebars@4.7.6 moment@2.29.1 \
  jsonwebtoken@8.5.1 node-fetch@2.6.0 ws@7.4.5 log4js@6.3.0 mongoose@5.13.3 socket.io@4.5.0 eslint@8.40.0 mocha@10.2.0 gulp@4.0.2
layer 'npm ci'
rm -rf "$root/app/node_modules/moment" "$root/app/node_modules/mongoose"
printf 'require("http").createServer((_, answer) => answer.end("shop\\n")).listen(8080);\n' >"$root/app/index.js"
layer 'COPY . /app; rm -rf node_modules/moment node_modules/mongoose'
settings --config.workingdir /app --config.exposedports 8080/tcp --clear config.cmd --config.cmd node --config.cmd /app/index.js
